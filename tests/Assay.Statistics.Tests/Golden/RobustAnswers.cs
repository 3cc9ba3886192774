using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class RobustAnswers
{
    public static object Winsorised(Given g)
    {
        double[] a = g.Numbers("a"), b = g.Numbers("b");
        var caps = g.Text("kind") is "percentile"
            ? Winsorisation.AtQuantiles([.. a, .. b], g.Optional("lower"), g.Optional("upper"), g.Flag("ignore_zeros")).Value
            : new Winsorisation(g.Optional("lower"), g.Optional("upper"));
        Moments ma = Moments.Of([.. a.Select(caps.Apply)]), mb = Moments.Of([.. b.Select(caps.Apply)]);
        var test = FixedHorizon.Welch(ma, mb, 0.05);
        return new
        {
            cap_lower = caps.Lower,
            cap_upper = caps.Upper,
            mean_a = ma.Mean,
            mean_b = mb.Mean,
            var_a = ma.Variance,
            var_b = mb.Variance,
            diff = mb.Mean - ma.Mean,
            se = Math.Sqrt((ma.Variance / ma.Count) + (mb.Variance / mb.Count)),
            t = test.Number(t => t.Statistic),
            n_capped = a.Concat(b).Count(caps.Caps),
        };
    }

    public static object Quantiles(Given g)
    {
        var q = g.Number("q");
        var (plainA, a) = Quantile(g.Part("a"), q);
        var (plainB, b) = Quantile(g.Part("b"), q);
        var effect = Effect.Absolute(a, b);
        var test = FixedHorizon.Infer(effect, g.Number("alpha"));
        var radius = Normal.TwoSidedCritical(g.Number("alpha")) * effect.StandardError;
        return new
        {
            quantile_a = a.Value,
            quantile_b = b.Value,
            se_iid_a = plainA.StandardError,
            se_iid_b = plainB.StandardError,
            se_a = a.StandardError,
            se_b = b.StandardError,
            diff = effect.Value,
            se = effect.StandardError,
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ci_lower = effect.Value - radius,
            ci_upper = effect.Value + radius,
        };
    }

    public static object Ranks(Given g)
    {
        var all = RankComparison.Of(g.Numbers("a"), g.Numbers("b"));
        var normal = all.SelectMany(r => r.Asymptotic);
        var unequal = all.SelectMany(r => r.BrunnerMunzel(0.05));
        return new
        {
            u_b = all.Number(r => r.Wins),
            prob_superiority = all.Number(r => r.ProbabilityOfSuperiority),
            hodges_lehmann = all.Number(r => r.Shift),
            z = normal.Number(t => t.Z),
            p_asymptotic = normal.Number(t => t.PValue),
            p_asymptotic_cc = normal.Number(t => t.PValueWithContinuity),
            p_exact = all.IsDetermined ? all.Value.ExactPValue : null,
            bm_t = unequal.Number(t => t.Statistic),
            bm_df = unequal.Number(t => t.Effect.DegreesOfFreedom),
            bm_p = unequal.Number(t => t.PValue),
        };
    }

    private static (Estimate Plain, Estimate Used) Quantile(Given arm, double q)
    {
        var values = arm.Numbers("values");
        double[] sorted = [.. values.Order()];
        var plain = Statistics.Quantile.Of(sorted, q).Value;
        if (!arm.Has("users")) return (plain, plain);
        var users = arm.Numbers("users").Zip(values).GroupBy(pair => pair.First, pair => pair.Second).Select(group => group.ToArray()).ToList();
        return (plain, Statistics.Quantile.OfClusters(users, q).Value);
    }
}
