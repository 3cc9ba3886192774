using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class BoundaryPlotTests
{
    private static readonly ImmutableArray<PlannedBoundary> Planned = [new(1, 0.25, 4, 0.0001), new(2, 0.5, 3, 0.01), new(3, 1, 2, 0.05)];

    private static LookReadout Look(int number, double fraction, double z, double bound, bool crossed = false) => new()
    {
        Metric = "purchase",
        TreatmentIndex = 1,
        Look = number,
        TakenAt = Samples.Now,
        Watermark = 1,
        InformationFraction = fraction,
        Z = z,
        BoundaryZ = bound,
        Crossed = crossed,
    };

    [Fact]
    public void Before_the_first_look_there_is_the_plan_and_no_path()
    {
        var plot = BoundaryPlot.Of(Planned, []);
        Assert.Equal("", plot.Observed);
        Assert.Equal((1.02, 4.6), (plot.Across.To, plot.Down.To), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.Equal("M24.5 6.5L49 17.4L98 28.3", plot.Bound);
    }

    [Fact]
    public void Looks_stand_where_they_were_taken_and_the_plan_goes_on_after_them()
    {
        var plot = BoundaryPlot.Of(Planned, [Look(1, 0.3, 1, 3.8), Look(2, 0.6, -2, 2.7)]);
        Assert.Equal(3, plot.Bound.Split('L').Length);
        Assert.StartsWith($"M{plot.Across.Place(0.3):0.#} ", plot.Bound, StringComparison.Ordinal);
        Assert.StartsWith("M0 50L", plot.Observed, StringComparison.Ordinal);
        Assert.Equal(3, plot.Observed.Split('L').Length);
    }

    [Fact]
    public void After_a_crossing_no_bound_is_drawn_and_past_the_plan_the_axis_goes_on()
    {
        Assert.Single(BoundaryPlot.Of(Planned, [Look(1, 0.3, 5, 3.8, crossed: true)]).Bound.Split('L'));
        Assert.True(BoundaryPlot.Of(Planned, [Look(3, 1.4, 1, 2)]).Across.To > 1.4);
    }

    [Fact]
    public void A_bound_far_out_keeps_no_z_from_being_seen()
    {
        ImmutableArray<PlannedBoundary> far = [new(1, 0.01, 30, 0), new(2, 1, 2, 0.05)];
        Assert.Equal(6.9, BoundaryPlot.Of(far, []).Down.To, 1e-12);
        Assert.Equal(23, BoundaryPlot.Of(far, [Look(1, 0.01, 20, 30)]).Down.To, 1e-12);
    }
}
