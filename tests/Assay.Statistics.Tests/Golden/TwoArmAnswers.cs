using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class TwoArmAnswers
{
    public static object TwoProportions(Given g)
    {
        long xa = g.Count("x_a"), na = g.Count("n_a"), xb = g.Count("x_b"), nb = g.Count("n_b");
        var alpha = g.Number("alpha");
        var test = FixedHorizon.TwoProportions(xa, na, xb, nb, alpha);
        var pooled = Proportions.PooledTest(xa, na, xb, nb);
        var difference = Proportions.Difference(xa, na, xb, nb);
        var ratio = Proportions.KatzRatio(xa, na, xb, nb, alpha);
        var unpooled = difference.SelectMany(effect => FixedHorizon.Infer(effect, alpha));
        var mn = Proportions.MiettinenNurminen(xa, na, xb, nb, alpha);
        var newcombe = Proportions.Newcombe(xa, na, xb, nb, alpha);
        var caffo = Proportions.AgrestiCaffo(xa, na, xb, nb, alpha);
        var wald = Proportions.Wald(xa, na, xb, nb, alpha);
        return new
        {
            p_a = Proportions.Estimate(xa, na).Number(e => e.Value),
            p_b = Proportions.Estimate(xb, nb).Number(e => e.Value),
            diff = difference.Number(e => e.Value),
            se_pooled = pooled.IsDetermined ? pooled.Value.PooledError : 0,
            se_unpooled = difference.Number(e => e.StandardError),
            z_pooled = test.Number(t => t.Statistic),
            p_value_pooled = test.Number(t => t.PValue),
            ln_p_value_pooled = test.Number(t => Math.Min(0, Math.Log(2) + Normal.LogSurvival(Math.Abs(t.Statistic)))),
            p_greater_pooled = test.Number(t => Normal.Survival(t.Statistic)),
            p_less_pooled = test.Number(t => Normal.Cdf(t.Statistic)),
            z_unpooled = unpooled.Number(t => t.Statistic),
            p_value_unpooled = unpooled.Number(t => t.PValue),
            wald_lower = wald.Lower(),
            wald_upper = wald.Upper(),
            wilson_a = Proportions.Wilson(xa, na, alpha).Ends(),
            wilson_b = Proportions.Wilson(xb, nb, alpha).Ends(),
            newcombe_lower = newcombe.Lower(),
            newcombe_upper = newcombe.Upper(),
            agresti_caffo_lower = caffo.Lower(),
            agresti_caffo_upper = caffo.Upper(),
            mn_lower = mn.Lower(),
            mn_upper = mn.Upper(),
            rr = xa == 0 ? (double?)null : (double)xb / nb / ((double)xa / na),
            rr_lower = ratio.Lower(),
            rr_upper = ratio.Upper(),
        };
    }

    public static object Welch(Given g)
    {
        double alpha = g.Number("alpha"), null0 = g.Number("null", 0);
        Moments a = g.Arm("a"), b = g.Arm("b");
        var test = Statistics.Mean.Of(a).SelectMany(control => Statistics.Mean.Of(b).SelectMany(treatment =>
        {
            var effect = Effect.Absolute(control, treatment);
            return FixedHorizon.Infer(effect with { Value = effect.Value - null0 }, alpha);
        }));
        var interval = FixedHorizon.Welch(a, b, alpha);
        var known = a.Count > 1 && b.Count > 1;
        return new
        {
            diff = known ? b.Mean - a.Mean : (double?)null,
            se = known ? Math.Sqrt((a.Variance / a.Count) + (b.Variance / b.Count)) : (double?)null,
            df = test.Number(t => t.Effect.DegreesOfFreedom),
            t = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ln_p_value = test.Number(t => Math.Log(2) + StudentT.LogSurvival(Math.Abs(t.Statistic), t.Effect.DegreesOfFreedom)),
            p_greater = test.Number(t => StudentT.Survival(t.Statistic, t.Effect.DegreesOfFreedom)),
            p_less = test.Number(t => StudentT.Cdf(t.Statistic, t.Effect.DegreesOfFreedom)),
            ci_lower = interval.Number(t => t.Interval.Lower),
            ci_upper = interval.Number(t => t.Interval.Upper),
            ci_lower_one_sided = FixedHorizon.Welch(a, b, 2 * alpha).Number(t => t.Interval.Lower),
        };
    }

    public static object RelativeDelta(Given g)
    {
        Estimate a = g.Mean("a"), b = g.Mean("b");
        var alpha = g.Number("alpha");
        var lift = Effect.RelativeDelta(a, b);
        var normal = lift.SelectMany(e => FixedHorizon.Infer(e with { DegreesOfFreedom = double.PositiveInfinity }, alpha));
        var welch = lift.SelectMany(e => FixedHorizon.Infer(e, alpha));
        var log = Effect.RelativeLog(a, b, alpha);
        return new
        {
            lift = lift.Number(e => e.Value),
            se = lift.Number(e => e.StandardError),
            z = normal.Number(t => t.Statistic),
            p_value = normal.Number(t => t.PValue),
            ci_normal_lower = normal.Number(t => t.Interval.Lower),
            ci_normal_upper = normal.Number(t => t.Interval.Upper),
            ci_welch_lower = welch.Number(t => t.Interval.Lower),
            ci_welch_upper = welch.Number(t => t.Interval.Upper),
            log_ci_lower = log.Lower(),
            log_ci_upper = log.Upper(),
        };
    }

    public static object RelativeFieller(Given g)
    {
        Estimate a = g.Mean("a"), b = g.Mean("b");
        var alpha = g.Number("alpha");
        var critical = g.Text("quantile", "normal") is "normal" ? Normal.TwoSidedCritical(alpha) : StudentT.TwoSidedCritical(alpha, Effect.Absolute(a, b).DegreesOfFreedom);
        var set = FiellerSet.Of(a, b, critical, g.Number("cov", 0));
        return new
        {
            g = set.Noise,
            kind = set.Kind switch { FiellerKind.Interval => "interval", FiellerKind.Complement => "complement", _ => "all" },
            lower = set.Kind is FiellerKind.WholeLine ? (double?)null : set.Lower,
            upper = set.Kind is FiellerKind.WholeLine ? (double?)null : set.Upper,
            lift = a.Value == 0 ? (double?)null : (b.Value - a.Value) / a.Value,
        };
    }

    public static object Equivalence(Given g)
    {
        Estimate a = g.Mean("a"), b = g.Mean("b");
        double alpha = g.Number("alpha"), low = g.Number("low"), high = g.Number("high");
        var test = g.Text("kind") is "relative" ? EquivalenceTest.Relative(a, b, low, high) : EquivalenceTest.Absolute(a, b, low, high);
        var interval = FixedHorizon.Infer(a, b, 2 * alpha);
        return new
        {
            diff = b.Value - a.Value,
            se = Effect.Absolute(a, b).StandardError,
            df = Effect.Absolute(a, b).DegreesOfFreedom,
            df_low = test.Number(t => t.Low.Effect.DegreesOfFreedom),
            df_high = test.Number(t => t.High.Effect.DegreesOfFreedom),
            t_low = test.Number(t => t.Low.Statistic),
            t_high = test.Number(t => t.High.Statistic),
            p_low = test.Number(t => t.Low.PValue),
            p_high = test.Number(t => t.High.PValue),
            p_tost = test.Number(t => t.PValue),
            ci_lower = interval.Number(t => t.Interval.Lower),
            ci_upper = interval.Number(t => t.Interval.Upper),
            equivalent = test.TryGet(out var both) && both.PValue < alpha,
            non_inferior = test.TryGet(out var low0) && low0.Low.PValue < alpha,
        };
    }

    public static object Moments(Given g)
    {
        var values = g.Numbers("values");
        int[] cuts = [0, .. g.Numbers("chunks").Select(cut => (int)cut), values.Length];
        var second = g.Has("values2") ? g.Numbers("values2") : null;
        var sum = default(Moments);
        JointMoments? joint = null;
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            sum += Statistics.Moments.Of(values.AsSpan(cuts[i]..cuts[i + 1]));
            if (second is null) continue;
            var part = JointMoments.OfColumns(values[cuts[i]..cuts[i + 1]], second[cuts[i]..cuts[i + 1]]);
            joint = joint is null ? part : joint + part;
        }

        return new { n = sum.Count, mean = sum.Mean, variance = sum.Variance, mean2 = joint?.Means[1], covariance = joint?.Covariance(0, 1) };
    }
}
