using CsCheck;

namespace Assay.Statistics.Tests;

/// <summary>A common offset of a billion, and a trillion units, cost no digits.</summary>
public sealed class LargeNumberLaws
{
    private const double Offset = 1e9;

    // Multiples of 2⁻¹⁰, so that values at the offset are exact and both samples are the same sample.
    private static readonly Gen<double> Value = Gen.Int[-5_000, 5_000].Select(i => i / 1024.0);
    private static readonly Gen<double[]> Sample = Value.Array[3, 40];

    [Fact]
    public void Moments_at_a_large_mean_are_those_at_none() => Sample.Sample(values =>
    {
        Moments near = Moments.Of(values), far = Moments.Of([.. values.Select(value => value + Offset)]);
        Assert.Equal(near.SquaredDeviations, far.SquaredDeviations, 1e-7 + (1e-12 * near.SquaredDeviations));
        Assert.Equal(near.Mean, far.Mean - Offset, 3e-7);
    });

    [Fact]
    public void Merged_moments_at_a_large_mean_are_those_at_none() => Gen.Select(Sample, Sample).Sample((a, b) =>
    {
        var far = Moments.Of([.. a.Select(value => value + Offset)]) + Moments.Of([.. b.Select(value => value + Offset)]);
        var near = Moments.Of([.. a, .. b]);
        Assert.Equal(near.SquaredDeviations, far.SquaredDeviations, 1e-4);
    });

    [Fact]
    public void Welch_at_a_large_mean_is_Welch_at_none() => Gen.Select(Sample, Sample).Sample((a, b) =>
    {
        var near = FixedHorizon.Welch(Moments.Of(a), Moments.Of(b), 0.05);
        var far = FixedHorizon.Welch(Moments.Of([.. a.Select(value => value + Offset)]), Moments.Of([.. b.Select(value => value + Offset)]), 0.05);
        if (!near.TryGet(out var expected)) return;
        Assert.Equal(expected.Statistic, far.Value.Statistic, 1e-5 * (1 + Math.Abs(expected.Statistic)));
    });

    [Fact]
    public void A_ratio_of_large_totals_keeps_its_variance()
    {
        // y = x + d at a mean of 1e9: R − 1 = d̄/x̄ and its variance is that of d over x̄², to first order.
        double[] x = [.. Enumerable.Range(0, 64).Select(i => Offset + i)], d = [.. Enumerable.Range(0, 64).Select(i => (i * 37 % 64) / 64.0)];
        var ratio = Ratio.Of(JointMoments.Of([.. x.Zip(d, (value, more) => new[] { value + more, value })])).Value;
        var expected = Moments.Of(d);
        Assert.Equal(expected.Variance / 64 / (Offset * Offset), ratio.Variance, 1e-6 * ratio.Variance);
    }

    [Fact]
    public void Cuped_at_a_large_mean_is_Cuped_at_none()
    {
        double[][] Rows(double offset, int turn) => [.. Enumerable.Range(0, 50).Select(i => new[] { offset + (i * 13 % 50) + (turn * 0.5), offset + (i * 13 % 50) + (i * turn % 7) })];
        var near = CovariateAdjustment.Optimal(JointMoments.Of(Rows(0, 3)), JointMoments.Of(Rows(0, 5))).Value;
        var far = CovariateAdjustment.Optimal(JointMoments.Of(Rows(Offset, 3)), JointMoments.Of(Rows(Offset, 5))).Value;
        Assert.Equal(near.Theta[0], far.Theta[0], 1e-9);
        Assert.Equal(near.Treatment.Value - near.Control.Value, far.Treatment.Value - far.Control.Value, 1e-6);
        Assert.Equal(near.VarianceReduction, far.VarianceReduction, 1e-9);
    }

    [Fact]
    public void A_trillion_units_are_judged_like_a_million()
    {
        const long million = 1_000_000, trillion = 1_000_000_000_000;
        // The same z: the difference shrinks with the root of the size.
        var few = FixedHorizon.TwoProportions(100_000, million, 100_600, million, 0.05).Value;
        var many = FixedHorizon.TwoProportions(100_000_000_000, trillion, 100_000_600_000, trillion, 0.05).Value;
        Assert.Equal(few.Statistic, many.Statistic, 3e-3);
        Assert.Equal(few.Interval.Lower, many.Interval.Lower * 1000, 3e-6);
        Assert.Equal(1, SampleRatio.ChiSquare([trillion, trillion], [1, 1]).Value.PValue);
        // (o − e)²/e of 2,000,000 too many and as many too few in 10¹² + 2·10⁶.
        Assert.Equal(8, SampleRatio.ChiSquare([trillion, trillion + (4 * million)], [1, 1]).Value.ChiSquare, 1e-4);
        Assert.Equal(Bayes.Proportions(100, 1000, 100, 1000, 0.05).Value.ProbabilityTreatmentBeatsControl, Bayes.Proportions(trillion / 10, trillion, trillion / 10, trillion, 0.05).Value.ProbabilityTreatmentBeatsControl, 1e-6);
        Assert.Equal(1, FisherTest.Of(trillion / 10, trillion, trillion / 10, trillion).Value.PValue, 1e-9);
    }
}
