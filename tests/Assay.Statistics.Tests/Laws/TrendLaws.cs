using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class TrendLaws
{
    private static readonly Gen<Estimate> Effect = Gen.Select(Gen.Double[-2, 2], Gen.Double[0.05, 1]).Select((value, error) => new Estimate(value, error * error, double.PositiveInfinity));
    private static readonly Gen<Estimate[]> Days = Effect.Array[3, 30];

    [Fact]
    public void Independent_effects_are_effects_with_a_diagonal_covariance() =>
        Days.Sample(days =>
        {
            EffectTrend one = EffectTrend.Of(X(days), days).Value, other = EffectTrend.Of(X(days), Values(days), Covariance(days, 0)).Value;
            return Near(one.Slope.Value, other.Slope.Value) && Near(one.Constant, other.Constant) && Near(one.EarlyLessLate.Value, other.EarlyLessLate.Value)
                && Near(one.LineQ.Value, other.LineQ.Value) && Near(one.Intercept.Value, other.Intercept.Value);
        });

    [Fact]
    public void The_line_explains_of_the_disagreement_what_its_slope_is_worth() =>
        Gen.Select(Days, Gen.Double[-0.3, 0.9]).Sample((days, correlation) =>
        {
            var trend = EffectTrend.Of(X(days), Values(days), Covariance(days, correlation)).Value;
            var z = trend.Slope.Value.Value / trend.Slope.Value.StandardError;
            return Near(trend.ConstantQ - trend.LineQ.Value, z * z);
        });

    [Fact]
    public void Counting_the_days_from_elsewhere_moves_the_intercept_only() =>
        Gen.Select(Days, Gen.Int[-1000, 1000]).Sample((days, from) =>
        {
            EffectTrend one = EffectTrend.Of(X(days), days).Value, other = EffectTrend.Of([.. X(days).Select(x => x + from)], days).Value;
            return one.Slope == other.Slope && one.ConstantQ == other.ConstantQ && Near(one.Intercept.Value - (from * one.Slope.Value.Value), other.Intercept.Value);
        });

    [Fact]
    public void Effects_on_a_line_leave_nothing_unexplained() =>
        Gen.Select(Days, Gen.Double[-3, 3], Gen.Double[-3, 3]).Sample((days, intercept, slope) =>
        {
            Estimate[] line = [.. days.Select((day, i) => day with { Value = intercept + (slope * (i + 1)) })];
            var trend = EffectTrend.Of(X(line), line).Value;
            return Near(trend.Slope.Value.Value, slope) && Near(trend.Intercept.Value, intercept) && trend.LineQ.Value < 1e-18;
        });

    [Fact]
    public void The_same_days_the_other_way_round_are_late_less_early() =>
        Days.Sample(days =>
        {
            Estimate one = EffectTrend.Of(X(days), days).Value.EarlyLessLate.Value, other = EffectTrend.Of(X(days), [.. days.Reverse()]).Value.EarlyLessLate.Value;
            return Near(one.Value, -other.Value) && Near(one.Variance, other.Variance);
        });

    [Fact]
    public void One_day_has_a_level_and_no_trend()
    {
        var trend = EffectTrend.Of([3], [new Estimate(2, 0.25, 1)]).Value;
        Assert.Equal(2, trend.Constant.Value);
        Assert.Equal(Reason.TooFewUnits, trend.Slope.Reason);
        Assert.Equal(Reason.TooFewUnits, trend.EarlyLessLate.Reason);
    }

    [Fact]
    public void One_distinct_day_has_no_slope() =>
        Assert.Equal(Reason.NoVariance, EffectTrend.Of([3, 3], [new Estimate(2, 0.25, 1), new Estimate(3, 0.5, 1)]).Value.Slope.Reason);

    [Fact]
    public void Effects_that_determine_each_other_or_have_no_variance_have_no_trend()
    {
        Assert.Equal(Reason.NoVariance, EffectTrend.Of([1, 2], [1, 2], [[1, 1], [1, 1]]).Reason);
        Assert.Equal(Reason.NoVariance, EffectTrend.Of([1, 2], [new Estimate(1, 1, 1), new Estimate(1, 0, 1)]).Reason);
        Assert.Equal(Reason.NoUnits, EffectTrend.Of([], ReadOnlySpan<Estimate>.Empty).Reason);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("x", () => EffectTrend.Of([1, 2], [new Estimate(1, 1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => EffectTrend.Of([double.NaN], [new Estimate(1, 1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>("covariance", () => EffectTrend.Of([1, 2], [1, 2], [[1, 0]]));
        Assert.Throws<ArgumentOutOfRangeException>("covariance", () => EffectTrend.Of([1, 2], [1, 2], [[1, 0.5], [0.1, 1]]));
    }

    private static double[] X(Estimate[] days) => [.. Enumerable.Range(1, days.Length).Select(day => (double)day)];

    private static double[] Values(Estimate[] days) => [.. days.Select(day => day.Value)];

    private static double[][] Covariance(Estimate[] days, double correlation) =>
        [.. days.Select((a, i) => days.Select((b, j) => a.StandardError * b.StandardError * (i == j ? 1 : Math.Sign(correlation) * Math.Pow(Math.Abs(correlation), Math.Abs(i - j)) * (correlation < 0 && (i - j) % 2 == 0 ? -1 : 1))).ToArray())];

    private static bool Near(Estimate left, Estimate right) => Near(left.Value, right.Value) && Near(left.Variance, right.Variance);

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * (1 + Math.Abs(left));
}
