namespace Assay.Statistics.Tests;

internal static class SegmentAnswers
{
    public static object Strata(Given g)
    {
        var result = PostStratification.Of([.. g.Items("strata").Select(stratum => (Arm(stratum.Part("a")), Arm(stratum.Part("b"))))]).Value;
        var test = FixedHorizon.Infer(result.Effect with { Variance = result.Effect.Variance + result.BetweenVariance }, 0.05);
        return new
        {
            estimate = result.Effect.Value,
            se_conditional = result.Effect.StandardError,
            se_superpopulation = Math.Sqrt(result.Effect.Variance + result.BetweenVariance),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            unadjusted = result.Unadjusted.Value,
            se_unadjusted = result.Unadjusted.StandardError,
            strata_used = result.StrataUsed,
            dropped_units = result.DroppedUnits,
        };
    }

    public static object Heterogeneity(Given g)
    {
        Estimate[] estimates = [.. g.Numbers("estimates").Zip(g.Numbers("ses"), (y, se) => new Estimate(y, se * se, double.PositiveInfinity))];
        var all = RandomEffects.Of(estimates).Value;
        return new
        {
            @fixed = all.Fixed.Value,
            se_fixed = all.Fixed.StandardError,
            q = all.Q,
            df = estimates.Length - 1,
            p_q = all.PValue,
            i2 = all.InconsistencyShare,
            tau2_dl = all.BetweenVariance,
            tau2_pm = RandomEffects.PauleMandel(estimates),
            tau2_reml = RandomEffects.RestrictedLikelihood(estimates),
            random = all.Random.Value,
            se_random = all.Random.StandardError,
            shrunk = all.Shrunk.Select(e => e.Value),
            shrunk_se = all.Shrunk.Select(e => e.StandardError),
        };
    }

    public static object Interactions(Given g)
    {
        var cells = g.Items("cells").ToDictionary(cell => (cell.Count("exp1"), cell.Count("exp2")), cell => new Estimate(cell.Number("mean"), cell.Number("var") / cell.Number("n"), double.PositiveInfinity));
        var all = Interaction.Of(cells[(0, 0)], cells[(0, 1)], cells[(1, 0)], cells[(1, 1)]);
        var test = FixedHorizon.Infer(all.Difference, 0.05);
        return new
        {
            interaction = all.Difference.Value,
            se = all.Difference.StandardError,
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            main1 = all.First.Value,
            main2 = all.Second.Value,
            se_main = all.First.StandardError,
            effect1_given_2off = cells[(1, 0)].Value - cells[(0, 0)].Value,
            effect1_given_2on = cells[(1, 1)].Value - cells[(0, 1)].Value,
            relative_interaction = all.LogRatio.Number(e => Math.Exp(e.Value) - 1),
            se_log_relative_interaction = all.LogRatio.Number(e => e.StandardError),
        };
    }

    public static object Selected(Given g)
    {
        switch (g.Text("op"))
        {
            case "normal_prior":
                double v = g.Number("se") * g.Number("se"), tau2 = g.Number("prior_var"), m = g.Number("prior_mean", 0), keep = tau2 / (tau2 + v);
                return new { post_mean = (keep * g.Number("estimate")) + ((1 - keep) * m), post_sd = Math.Sqrt(keep * v), shrinkage = 1 - keep };
            case "fit_prior":
                Estimate[] past = [.. g.Numbers("estimates").Zip(g.Numbers("ses"), (d, se) => new Estimate(d, se * se, double.PositiveInfinity))];
                return new { tau2_mom = SelectedEffect.PriorVarianceByMoments(past), tau2_mle = SelectedEffect.PriorVarianceByLikelihood(past) };
            default:
                var effect = new Estimate(g.Number("estimate"), g.Number("se") * g.Number("se"), double.PositiveInfinity);
                var selected = SelectedEffect.Of(effect, g.Number("c"), g.Number("alpha", 0.05), (int)g.Number("sided", 2)).Value;
                return new { ml_effect = selected.MaximumLikelihood, median_unbiased_effect = selected.MedianUnbiased, ci_lower = selected.Interval.Lower, ci_upper = selected.Interval.Upper };
        }
    }

    private static Moments Arm(Given arm) => new(arm.Count("n"), arm.Number("mean", 0), arm.Count("n") < 2 ? 0 : arm.Number("var", 0) * (arm.Number("n") - 1));
}
