using Assay.Server.Dashboard.Charts;
using CsCheck;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class ForestPlotTests
{
    private static readonly Gen<Whisker> Whiskers = Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 5], Gen.Double[0, 5])
        .Select((estimate, down, up) => new Whisker(estimate, estimate - down, estimate + up));

    [Fact]
    public void The_axis_holds_zero_and_every_leading_interval() => Gen.Select(Whiskers.Array[1, 9], Whiskers.Array[0, 9]).Sample((leading, others) =>
    {
        var plot = ForestPlot.Around(leading, others);
        return plot.Scale.Holds(0) && leading.All(whisker => plot.Draw(whisker) is { CutLow: false, CutHigh: false, Point: not null });
    });

    [Fact]
    public void A_very_wide_interval_is_cut_and_does_not_squeeze_the_leading_one()
    {
        var plot = ForestPlot.Around([new(0.02, -0.01, 0.05)], [new(3, -90, 95)]);
        Assert.InRange(plot.Scale.To, 0.05, 0.15);
        var wide = plot.Draw(new(3, -90, 95));
        Assert.True(wide.CutLow && wide.CutHigh);
        Assert.Null(wide.Point);
    }

    [Fact]
    public void An_open_end_is_cut() => Assert.True(ForestPlot.Around([new(0.1, -0.2, double.PositiveInfinity)], []).Draw(new(0.1, -0.2, double.PositiveInfinity)) is { CutHigh: true, CutLow: false });

    [Fact]
    public void Nothing_to_draw_still_has_an_axis_with_zero() => Assert.Contains(0, ForestPlot.Around([], []).Ticks);

    [Fact]
    public void An_effect_of_exactly_zero_still_has_an_axis() => Assert.Equal(50, ForestPlot.Around([new(0, 0, 0)], []).Draw(new(0, 0, 0)).Point!.Value, 1e-9);

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(double.MaxValue)]
    public void Huge_and_tiny_effects_have_an_axis(double size) => Assert.NotEmpty(ForestPlot.Around([new(size / 2, -size, size)], []).Ticks);
}
