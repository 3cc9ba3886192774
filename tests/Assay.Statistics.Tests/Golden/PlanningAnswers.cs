namespace Assay.Statistics.Tests;

internal static class PlanningAnswers
{
    public static object AdjustedPValues(Given g)
    {
        var p = g.Numbers("p_values");
        return new
        {
            bonferroni = Multiplicity.Bonferroni(p),
            sidak = Multiplicity.Sidak(p),
            holm = Multiplicity.Holm(p),
            holm_sidak = Multiplicity.HolmSidak(p),
            hochberg = Multiplicity.Hochberg(p),
            hommel = Multiplicity.Hommel(p),
            bh = Multiplicity.BenjaminiHochberg(p),
            by = Multiplicity.BenjaminiYekutieli(p),
        };
    }

    public static object Power(Given g)
    {
        double alpha = g.Number("alpha");
        if (g.Text("kind") is "generic")
        {
            double effect = g.Number("effect"), error = g.Number("se");
            var oneSided = g.Number("sides", 2) == 1;
            var errors = SignificantErrors.Of(effect, error, alpha);
            return new
            {
                power = oneSided ? Statistics.Power.OneSided(effect, error, alpha) : Statistics.Power.OfEffect(effect, error, alpha),
                type_s = errors.Number(e => e.WrongSign),
                exaggeration_m = errors.Number(e => e.Exaggeration),
            };
        }

        double p1 = g.Number("p1"), p2 = g.Number("p2"), n1 = g.Number("n1"), n2 = g.Number("n2");
        return new
        {
            power = g.Text("kind").Contains("pooled", StringComparison.Ordinal) && !g.Text("kind").Contains("unpooled", StringComparison.Ordinal)
                ? Statistics.Power.TwoProportions(p1, p2, n1, n2, alpha)
                : Statistics.Power.OfEffect(p2 - p1, Math.Sqrt((p1 * (1 - p1) / n1) + (p2 * (1 - p2) / n2)), alpha),
        };
    }

    public static object ProportionSize(Given g)
    {
        double p1 = g.Number("p1"), p2 = g.Number("p2"), ratio = g.Number("ratio", 1), alpha = g.Number("alpha") * 2 / g.Number("sides", 2), power = g.Number("power");
        var size = g.Text("method") switch
        {
            "pooled" => Statistics.Power.TwoProportionsControlSize(p1, p2, ratio, alpha, power),
            "unpooled" => ProportionSizes.Unpooled(p1, p2, ratio, alpha, power),
            "arcsine" => ProportionSizes.Arcsine(p1, p2, ratio, alpha, power),
            "noninferiority" => ProportionSizes.NonInferiority(p1, p2, g.Number("margin"), ratio, g.Number("alpha") * 2, power),
            var method => throw new NotSupportedException(method),
        };
        var n1 = size.Number(n => n);
        return new
        {
            n1,
            n1_ceil = n1 is null ? (double?)null : Math.Ceiling(n1.Value),
            n2_ceil = n1 is null ? (double?)null : Math.Ceiling(ratio * n1.Value),
            total = n1 is null ? (double?)null : Math.Ceiling(n1.Value) + Math.Ceiling(ratio * n1.Value),
            n1_cc = n1 is null || p1 == p2 ? (double?)null : ProportionSizes.WithContinuity(n1.Value, p2 - p1, ratio).Value,
        };
    }

    public static object MeanSize(Given g)
    {
        double alpha = g.Number("alpha"), power = g.Number("power"), delta = g.Number("delta"), ratio = g.Number("ratio", 1);
        var sides = (int)g.Number("sides", 2);
        var n1 = g.Text("method") switch
        {
            "z" => Statistics.Power.TwoMeansControlSize(g.Number("sd1"), g.Number("sd2"), delta, ratio, alpha * 2 / sides, power),
            "t_equal" => StudentSizes.Equal(g.Number("sd"), delta, alpha, power, sides, g.Flag("strict")),
            "welch" => StudentSizes.Welch(g.Number("sd1"), g.Number("sd2"), delta, ratio, alpha, power, sides),
            var method => throw new NotSupportedException(method),
        };
        return new { n1 = n1.Number(n => n), n1_ceil = n1.Number(Math.Ceiling), n2_ceil = n1.Number(n => Math.Ceiling(ratio * n)) };
    }

    public static object Detectable(Given g)
    {
        double alpha = g.Number("alpha"), power = g.Number("power"), n1 = g.Number("n1"), n2 = g.Number("n2");
        if (g.Text("kind") is "means")
        {
            double left = 1 - (g.Number("rho", 0) * g.Number("rho", 0)), sd1 = g.Number("sd1"), sd2 = g.Number("sd2");
            var error = Math.Sqrt(left * ((sd1 * sd1 / n1) + (sd2 * sd2 / n2)));
            return new { mde = Statistics.Power.Detectable(error, alpha, power), mde_exact = Statistics.Power.DetectableExactly(error, alpha, power).Number(x => x) };
        }

        var p1 = g.Number("p1");
        var pooled = g.Text("method") is "pooled";
        var up = pooled ? Statistics.Power.TwoProportionsDetectable(p1, n1, n2, alpha, power, 1) : ProportionSizes.UnpooledDetectable(p1, n1, n2, alpha, power, 1);
        var down = pooled ? Statistics.Power.TwoProportionsDetectable(p1, n1, n2, alpha, power, -1) : ProportionSizes.UnpooledDetectable(p1, n1, n2, alpha, power, -1);
        return new { mde_up = up.Number(x => x), mde_down = down.Number(x => -x), mde_relative = up.Number(x => x / p1) };
    }

    public static object Design(Given g)
    {
        var shares = g.Numbers("shares");
        var arms = shares.Length - 1;
        var deff = DesignSize.ClusterEffect(g.Number("cluster_size", 1), g.Number("cluster_cv", 0), g.Number("icc", 0)).Value;
        var variance = DesignSize.EffectiveVariance(g.Number("variance"), g.Number("rho", 0), deff);
        var alpha = g.Number("alpha") / (g.Text("correction") is "bonferroni" ? arms : 1);
        var total = DesignSize.Total(variance, g.Number("delta"), [.. shares], alpha, g.Number("power"), g.Number("inflation", 1)).Value;
        var arm = shares.Select(share => Math.Ceiling(total * share)).ToList();
        var days = Math.Ceiling(arm.Sum() / (g.Number("daily_units") * g.Number("exposure", 1)));
        return new
        {
            deff,
            variance_effective = variance,
            total_real = total,
            n_per_arm = arm,
            n_total = arm.Sum(),
            duration_days = days,
            duration_weeks = Math.Ceiling(days / 7),
            optimal_control_share = DesignSize.OptimalControlShare(arms),
        };
    }

    public static object NoncentralT(Given g) => new
    {
        value = Distributions.NoncentralT.Cdf(g.Number("t"), g.Number("df"), g.Number("ncp")),
        value_upper = Distributions.NoncentralT.Survival(g.Number("t"), g.Number("df"), g.Number("ncp")),
    };
}
