using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Readouts;

public sealed class RelativePosteriorTests
{
    [Theory]
    [InlineData(50, 1000, 65, 1010)]
    [InlineData(5, 60, 3, 55)]
    [InlineData(4_000, 100_000, 4_160, 99_000)]
    [InlineData(970, 1000, 985, 1000)]
    [InlineData(40_000_000, 1_000_000_000, 40_010_000, 1_000_000_000)]
    public void The_curve_of_two_shares_has_the_mass_that_exact_posteriors_have(long xc, long nc, long xt, long nt)
    {
        var posterior = RelativePosterior.Of(MetricType.Binary, Share(xc, nc), Share(xt, nt), 0.05).Value;
        Assert.Equal(Bayes.ProportionLift(xc, nc, xt, nt, 0.05).Value, posterior.Credible);
        Assert.Equal(0.95, Mass(posterior, posterior.Credible.Lower, posterior.Credible.Upper), 2e-3);

        // Of few conversions the picture ends before the upper tail does.
        Assert.Equal(Bayes.Proportions(xc, nc, xt, nt, 0.05).Value.ProbabilityControlBeatsTreatment, Mass(posterior, double.NegativeInfinity, 0), 2e-3);
    }

    [Theory]
    [InlineData(10, 10.4)]
    [InlineData(-10, -9.6)]
    [InlineData(10, 9.1)]
    [InlineData(3, 2)]
    public void The_curve_of_two_means_is_Fiellers_and_agrees_with_the_normal_posterior_about_the_side(double control, double treatment)
    {
        var (c, t) = (Mean(control, 12, 4000), Mean(treatment, 14, 4100));
        var posterior = RelativePosterior.Of(MetricType.Continuous, c, t, 0.1).Value;
        Estimate Of(ArmReadout arm) => new(arm.Mean!.Value, arm.Std!.Value * arm.Std.Value / arm.ExposedUsers, double.PositiveInfinity);
        Assert.Equal(Effect.RelativeFieller(Of(c), Of(t), 0.1).Value.Lower, posterior.Credible.Lower, 1e-12);
        Assert.Equal(0.9, Mass(posterior, posterior.Credible.Lower, posterior.Credible.Upper), 1e-4);
        var higher = Bayes.Means(Effect.Absolute(Of(c), Of(t)), 0.1).Value.ProbabilityTreatmentBeatsControl;
        if (posterior.Points[0].Effect < 0 && posterior.Points[^1].Effect > 0) Assert.Equal(higher, Mass(posterior, 0, double.PositiveInfinity), 5e-3);
        else Assert.Equal(posterior.Points[0].Effect > 0 ? 1 : 0, higher, 1e-3);
    }

    [Fact]
    public void Without_units_without_variance_and_over_a_control_that_may_be_0_there_is_no_curve()
    {
        Assert.Equal(Reason.NoUnits, RelativePosterior.Of(MetricType.Binary, Share(0, 0), Share(1, 2), 0.05).Reason);
        Assert.Equal(Reason.NoUnits, RelativePosterior.Of(MetricType.Count, Mean(null, null, 0), Mean(1, 1, 9), 0.05).Reason);
        Assert.Equal(Reason.TooFewUnits, RelativePosterior.Of(MetricType.Count, Mean(1, null, 1), Mean(1, 1, 9), 0.05).Reason);
        Assert.Equal(Reason.NoVariance, RelativePosterior.Of(MetricType.Count, Mean(1, 0, 9), Mean(1, 0, 9), 0.05).Reason);
        Assert.Equal(Reason.ZeroBaseline, RelativePosterior.Of(MetricType.Count, Mean(0.1, 9, 9), Mean(1, 1, 9), 0.05).Reason);
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => RelativePosterior.Of(MetricType.Binary, Share(1, 2), Share(1, 2), 1));
    }

    [Fact]
    public void Nobody_converted_is_a_curve_from_minus_one_on()
    {
        var posterior = RelativePosterior.Of(MetricType.Binary, Share(3, 400), Share(0, 400), 0.05).Value;
        Assert.True(posterior.Points[0].Effect >= -1);
        Assert.All(posterior.Points, point => Assert.True(double.IsFinite(point.Density) && point.Density >= 0));
    }

    /// <summary>By trapezoids over the curve, cut at the ends.</summary>
    private static double Mass(RelativePosterior posterior, double from, double to)
    {
        double mass = 0;
        foreach (var (a, b) in posterior.Points.Zip(posterior.Points.Skip(1)))
        {
            double low = Math.Max(from, a.Effect), high = Math.Min(to, b.Effect);
            if (low >= high) continue;
            double At(double effect) => a.Density + ((b.Density - a.Density) * (effect - a.Effect) / (b.Effect - a.Effect));
            mass += (high - low) * (At(low) + At(high)) / 2;
        }

        return mass;
    }

    private static ArmReadout Share(long converted, long units) => Arm(units, converted, units == 0 ? null : (double)converted / units, null);

    private static ArmReadout Mean(double? mean, double? deviation, long units) => Arm(units, 0, mean, deviation);

    private static ArmReadout Arm(long units, long converted, double? mean, double? deviation) =>
        new() { VariationIndex = 0, VariationKey = "v", ExposedUsers = units, ConvertedUsers = converted, Mean = mean, Std = deviation };
}
