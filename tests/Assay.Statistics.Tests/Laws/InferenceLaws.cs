using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class InferenceLaws
{
    private static readonly Gen<Moments> Arm = Gen.Double[-50, 50].Array[3, 30].Select(values => Moments.Of(values));
    private static readonly Gen<(long X, long N)> Share = Gen.Select(Gen.Long[0, 400], Gen.Long[0, 400]).Select((x, rest) => (x, x + rest + 1));

    [Fact]
    public void Swapping_the_arms_flips_the_sign_and_keeps_the_p_value() =>
        Gen.Select(Arm, Arm).Sample((a, b) =>
        {
            Inference one = FixedHorizon.Welch(a, b, 0.05).Value, other = FixedHorizon.Welch(b, a, 0.05).Value;
            return one.PValue == other.PValue && one.Effect.Value == -other.Effect.Value && Near(one.Interval.Lower, -other.Interval.Upper);
        });

    [Fact]
    public void Scaling_and_shifting_the_metric_changes_no_p_value() =>
        Gen.Select(Arm, Arm, Gen.Double[0.01, 100], Gen.Double[-100, 100]).Sample((a, b, scale, shift) =>
        {
            Moments Map(Moments m) => new(m.Count, (m.Mean * scale) + shift, m.SquaredDeviations * scale * scale);
            var evidence = AlwaysValid.Infer(Difference(a, b), 0.05, 1).Value.Statistic;
            return Near(FixedHorizon.Welch(a, b, 0.05).Value.PValue, FixedHorizon.Welch(Map(a), Map(b), 0.05).Value.PValue)
                && Near(evidence, AlwaysValid.Infer(Difference(Map(a), Map(b)), 0.05, scale * scale).Value.Statistic);
        });

    [Fact]
    public void The_score_interval_excludes_zero_exactly_when_the_pooled_test_rejects() =>
        Gen.Select(Share, Share, Gen.Double[0.001, 0.3]).Sample((c, t, alpha) =>
        {
            var test = FixedHorizon.TwoProportions(c.X, c.N, t.X, t.N, alpha);
            if (!test.TryGet(out var inference)) return (c.X == 0 && t.X == 0) || (c.X == c.N && t.X == t.N);
            var excludes = inference.Interval.Lower > 0 || inference.Interval.Upper < 0;
            return Math.Abs(inference.PValue - alpha) < 1e-9 || excludes == (inference.PValue <= alpha);
        });

    [Fact]
    public void Welchs_interval_excludes_zero_exactly_when_the_test_rejects() =>
        Gen.Select(Arm, Arm, Gen.Double[0.001, 0.5]).Sample((a, b, alpha) =>
        {
            var test = FixedHorizon.Welch(a, b, alpha).Value;
            return Math.Abs(test.PValue - alpha) < 1e-9 || (test.Interval.Lower > 0 || test.Interval.Upper < 0) == (test.PValue <= alpha);
        });

    [Fact]
    public void The_always_valid_interval_excludes_zero_exactly_when_its_p_value_is_small() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.01, 4], Gen.Double[0.01, 4], Gen.Double[0.001, 0.5]).Sample((value, variance, mixture, alpha) =>
        {
            var test = AlwaysValid.Infer(new Estimate(value, variance, double.PositiveInfinity), alpha, mixture).Value;
            return Math.Abs(test.PValue - alpha) < 1e-9 || (test.Interval.Lower > 0 || test.Interval.Upper < 0) == (test.PValue <= alpha);
        });

    [Fact]
    public void Fiellers_interval_excludes_zero_exactly_when_the_difference_is_significant() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[-5, 5], Gen.Double[0.01, 1], Gen.Double[0.01, 1]).Sample((c, t, vc, vt) =>
        {
            Estimate control = new(c, vc, 30), treatment = new(t, vt, 40);
            if (!Effect.RelativeFieller(control, treatment, 0.05).TryGet(out var relative)) return true;
            var p = FixedHorizon.Infer(control, treatment, 0.05).Value.PValue;
            return Math.Abs(p - 0.05) < 1e-9 || (relative.Lower > 0 || relative.Upper < 0) == (p <= 0.05);
        });

    [Fact]
    public void A_relative_effect_has_the_sign_of_the_difference_whatever_the_sign_of_the_control() =>
        Gen.Select(Gen.Double[1, 5], Gen.Double[-5, 5], Gen.Bool).Sample((size, t, negative) =>
        {
            Estimate control = new(negative ? -size : size, 1e-4, 100), treatment = new(t, 1e-4, 100);
            var interval = Effect.RelativeFieller(control, treatment, 0.05).Value;
            var lift = (t - control.Value) / size;
            return interval.Lower < lift && lift < interval.Upper && Near(Effect.RelativeDelta(control, treatment).Value.Value, lift);
        });

    [Fact]
    public void A_ratio_with_a_constant_denominator_is_a_mean() =>
        Gen.Double[-50, 50].Array[3, 30].Sample(values =>
        {
            var ratio = Ratio.Of(JointMoments.OfColumns(values, [.. values.Select(_ => 2.0)])).Value;
            var mean = Mean.Of(Moments.Of([.. values.Select(value => value / 2)])).Value;
            return Near(ratio.Value, mean.Value) && Near(ratio.Variance, mean.Variance);
        });

    [Fact]
    public void A_covariate_without_covariance_changes_nothing()
    {
        var arm = JointMoments.Of([1, 1], [3, 1], [1, -1], [3, -1]);
        var other = JointMoments.Of([2, 4], [5, 4], [2, 2], [5, 2]);
        var adjusted = CovariateAdjustment.Optimal(arm, other).Value;
        Assert.Equal(0, adjusted.Theta[0], 1e-15);
        Assert.Equal(0, adjusted.VarianceReduction, 1e-15);
        Assert.Equal(Mean.Of(arm.Column(0)).Value.Variance, adjusted.Control.Variance, 1e-15);
        Assert.Equal(Mean.Of(other.Column(0)).Value.Value, adjusted.Treatment.Value, 1e-15);
    }

    [Fact]
    public void Optimal_adjustment_never_adds_variance() =>
        Gen.Select(Gen.Double[-9, 9], Gen.Double[-9, 9], Gen.Double[-9, 9]).Array[4, 25].Array[2].Sample(arms =>
        {
            var moments = arms.Select(rows => JointMoments.Of([.. rows.Select(row => new[] { row.Item1, row.Item2, row.Item3 })])).ToArray();
            return CovariateAdjustment.Optimal(moments[0], moments[1]).Value.VarianceReduction >= -1e-12;
        });

    [Fact]
    public void A_repeated_and_a_constant_covariate_are_dropped()
    {
        double[][] rows = [[1, 2, 4, 7], [2, 3, 6, 7], [4, 3, 6, 7], [3, 5, 10, 7], [6, 9, 18, 7]];
        var moments = JointMoments.Of(rows);
        var alone = JointMoments.Of([.. rows.Select(row => row[..2])]);
        var (many, one) = (CovariateAdjustment.Optimal(moments, moments).Value, CovariateAdjustment.Optimal(alone, alone).Value);
        Assert.Equal(2, many.Theta.Count(theta => theta == 0));
        Assert.Equal(one.Control.Variance, many.Control.Variance, 1e-12);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * (1 + Math.Abs(left));

    private static Estimate Difference(Moments a, Moments b) => Effect.Absolute(Mean.Of(a).Value, Mean.Of(b).Value);
}
