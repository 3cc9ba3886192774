using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class FurtherAnswers
{
    public static object AnytimeT(Given g)
    {
        double nu = g.Number("nu"), phi = g.Number("phi"), m = g.Number("m");
        var evidence = Statistics.AnytimeT.LogEvidence(g.Number("t"), nu, phi, m);
        return new { ln_e = evidence, p_value = Math.Min(1, Math.Exp(-evidence)), t_radius = Statistics.AnytimeT.Radius(nu, phi, m, g.Number("alpha")) };
    }

    public static object Bernoulli(Given g)
    {
        long x = g.Count("x"), n = g.Count("n");
        var alpha = g.Number("alpha");
        var isFixed = g.Text("prior") is "fixed";
        var interval = isFixed
            ? BernoulliSequence.Interval(x, n, alpha, g.Number("a0"), g.Number("b0"))
            : BernoulliSequence.TunedInterval(x, n, alpha, g.Number("t_opt"), g.Number("alpha_opt"));
        return new
        {
            lower = interval.Lower,
            upper = interval.Upper,
            p_value_null = isFixed && g.Has("p0") ? Math.Min(1, Math.Exp(-BernoulliSequence.LogEvidence(x, n, g.Number("p0"), g.Number("a0"), g.Number("b0")))) : (double?)null,
        };
    }

    public static object TwoSample(Given g)
    {
        var process = new TwoSampleSequence(g.Number("gamma", TwoSampleSequence.DefaultPrior));
        long[] ya = g.Counts("y_a"), na = g.Counts("n_a"), yb = g.Counts("y_b"), nb = g.Counts("n_b");
        var path = new List<TwoSampleSequence>();
        for (var j = 0; j < ya.Length; j++) path.Add(process = process.After(ya[j], na[j], yb[j], nb[j]));
        return new { running_ln_e = path.Select(p => p.LogEvidence), running_p = AnytimeAnswers.Running(path.Select(p => p.PValue), Math.Min) };
    }

    public static object Evidence(Given g)
    {
        switch (g.Text("op"))
        {
            case "calibrate":
                var p = g.Number("p");
                return new { kappa = EValues.Calibrate(p, g.Number("kappa", 0.5)), shafer = EValues.CalibrateByShafer(p), mixture = EValues.CalibrateByMixture(p) };
            case "to_p":
                return new { p = EValues.ToPValue(g.Number("e")) };
            case "merge":
                return new { mean = EValues.Average(g.Numbers("e")), product = EValues.Product(g.Numbers("e")) };
            default:
                var adjusted = EValues.BenjaminiHochberg(g.Numbers("e"));
                return new { adjusted_p = adjusted, rejected = Rejected(adjusted, g.Number("alpha")) };
        }
    }

    public static object Binomial(Given g)
    {
        long x = g.Count("x"), n = g.Count("n");
        var test = BinomialTest.Of(x, n, g.Number("p0"));
        var interval = BinomialTest.ClopperPearson(x, n, g.Number("alpha", 0.05));
        return new { p_value = test.PValue, p_less = test.Less, p_greater = test.Greater, estimate = (double)x / n, cp_lower = interval.Lower, cp_upper = interval.Upper };
    }

    public static object Fisher(Given g)
    {
        long xa = g.Count("x_a"), na = g.Count("n_a"), xb = g.Count("x_b"), nb = g.Count("n_b");
        var test = FisherTest.Of(xa, na, xb, nb);
        double top = (double)xb * (na - xa), bottom = (double)xa * (nb - xb);
        return new
        {
            p_two_sided = test.Number(t => t.PValue),
            p_greater = test.Number(t => t.Greater),
            p_less = test.Number(t => t.Less),
            mid_p_two_sided = test.Number(t => t.MidPValue),
            odds_ratio_sample = top / bottom,
            odds_ratio_cmle = test.SelectMany(t => t.OddsRatio).Number(ratio => ratio),
        };
    }

    public static object Poisson(Given g)
    {
        long xa = g.Count("x_a"), xb = g.Count("x_b");
        double ta = g.Number("t_a"), tb = g.Number("t_b"), alpha = g.Number("alpha");
        var test = PoissonRates.Of(xa, ta, xb, tb, alpha);
        var wald = PoissonRates.LogRatio(xa, ta, xb, tb).SelectMany(log => FixedHorizon.Infer(log, alpha));
        return new
        {
            rr = test.RateRatio.Number(ratio => ratio),
            p_exact = test.PValue,
            rr_lower_exact = test.Exact.Lower,
            rr_upper_exact = test.Exact.Upper,
            z_sqrt = test.StandardisedRoot,
            rr_lower_wald = wald.Number(t => Math.Exp(t.Interval.Lower)),
            rr_upper_wald = wald.Number(t => Math.Exp(t.Interval.Upper)),
            p_wald = wald.Number(t => t.PValue),
        };
    }

    public static object Strata(Given g)
    {
        (Moments A, Moments B)[] strata = [.. g.Items("strata").Select(stratum => (Arm(stratum.Part("a")), Arm(stratum.Part("b"))))];
        var all = PostStratification.Of(strata);
        var test = all.SelectMany(result => FixedHorizon.Infer(result.Effect with { Variance = result.Effect.Variance + result.BetweenVariance }, 0.05));
        return new
        {
            estimate = all.Number(result => result.Effect.Value),
            se_conditional = all.Number(result => result.Effect.StandardError),
            se_superpopulation = all.Number(result => Math.Sqrt(result.Effect.Variance + result.BetweenVariance)),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            unadjusted = all.Number(result => result.Unadjusted.Value),
            se_unadjusted = all.Number(result => result.Unadjusted.StandardError),
            strata_used = all.TryGet(out var used) ? used.StrataUsed : 0,
            dropped_units = all.IsDetermined ? used!.DroppedUnits : strata.Sum(stratum => stratum.A.Count + stratum.B.Count),
        };
    }

    public static object Winsorised(Given g)
    {
        double[] a = g.Numbers("a"), b = g.Numbers("b");
        var caps = g.Text("kind") is "percentile"
            ? Winsorisation.AtQuantiles([.. a, .. b], g.Optional("lower"), g.Optional("upper"), g.Flag("ignore_zeros")).TryGet(out var found) ? found : default
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

    public static object Stitched(Given g) => new
    {
        bound = g.Text("op") is "poly"
            ? StitchedBoundary.Polynomial(g.Number("v"), g.Number("alpha"), g.Number("v_min"), g.Number("c"), g.Number("s"), g.Number("eta"))
            : StitchedBoundary.Quantile(g.Number("t"), g.Number("p"), g.Number("alpha"), g.Number("t_opt"), g.Number("delta"), g.Number("s"), g.Number("eta")),
    };

    public static object Graph(Given g)
    {
        var adjusted = GraphicalTest.AdjustedPValues(g.Numbers("weights"), g.Rows("transitions"), g.Numbers("p_values"));
        return new { adjusted_p = adjusted, rejected = Rejected(adjusted, g.Number("alpha")) };
    }

    public static object DunnettTest(Given g)
    {
        var dunnett = new Dunnett([.. g.Numbers("n")], g.Number("df", double.PositiveInfinity), (int)g.Number("sides", 2));
        return new { critical_value = dunnett.CriticalValue(g.Number("alpha")), adjusted_p = g.Has("t") ? g.Numbers("t").Select(dunnett.Survival) : null };
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
            p_q = all.PValue.Number(p => p),
            i2 = all.InconsistencyShare,
            tau2_dl = all.BetweenVariance,
            tau2_pm = RandomEffects.PauleMandel(estimates).Number(tau2 => tau2),
            tau2_reml = RandomEffects.RestrictedLikelihood(estimates).Number(tau2 => tau2),
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

    public static object Table(Given g)
    {
        long[][] table = [.. g.Rows("table").Select(row => row.Select(cell => (long)cell).ToArray())];
        var test = Contingency.Of(table);
        var trend = table.Length == 2 && test.IsDetermined ? Contingency.Trend(table[0], table[1]).Number(z => z) : null;
        return new
        {
            chi_square = test.Number(t => t.ChiSquare),
            df = test.IsDetermined ? test.Value.DegreesOfFreedom : (int?)null,
            p_value = test.Number(t => t.PValue),
            g_statistic = test.Number(t => t.LikelihoodRatio),
            p_value_g = test.Number(t => t.LikelihoodPValue),
            cramers_v = test.Number(t => t.CramersV),
            min_expected = test.Number(t => t.MinimumExpected),
            trend_z = trend,
            trend_p = trend is { } z ? Normal.TwoSidedPValue(z) : (double?)null,
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
                var selected = SelectedEffect.Of(effect, g.Number("c"), g.Number("alpha", 0.05), (int)g.Number("sided", 2));
                return new
                {
                    ml_effect = selected.Number(s => s.MaximumLikelihood),
                    median_unbiased_effect = selected.Number(s => s.MedianUnbiased),
                    ci_lower = selected.Number(s => s.Interval.Lower),
                    ci_upper = selected.Number(s => s.Interval.Upper),
                };
        }
    }

    public static object Adaptive(Given g)
    {
        AdaptiveBatches.Batch[] batches = [.. g.Items("batches").Select(batch => new AdaptiveBatches.Batch(batch.Number("share"), Side(batch, "0"), Side(batch, "1")))];
        var z = AdaptiveBatches.BatchedZ(batches);
        Outcome<Estimate> inverse = AdaptiveBatches.InverseVariance(batches), sized = AdaptiveBatches.SizeWeighted(batches), adaptive = AdaptiveBatches.AdaptivelyWeighted(batches);
        Moments control = default, treatment = default;
        foreach (var batch in batches) (control, treatment) = (control + batch.Control, treatment + batch.Treatment);
        return new
        {
            bols_z = z.Number(value => value),
            bols_p = z.Number(Normal.TwoSidedPValue),
            ivw = inverse.Number(e => e.Value),
            se_ivw = inverse.Number(e => e.StandardError),
            ipw = sized.Number(e => e.Value),
            se_ipw = sized.Number(e => e.StandardError),
            aw = adaptive.Number(e => e.Value),
            se_aw = adaptive.Number(e => e.StandardError),
            naive_pooled = treatment.Mean - control.Mean,
        };

        static Moments Side(Given batch, string arm) => new(batch.Count("n" + arm), batch.Number("mean" + arm), batch.Number("var" + arm) * (batch.Number("n" + arm) - 1));
    }

    private static List<int> Rejected(IEnumerable<double> adjusted, double alpha) => [.. adjusted.Select((p, i) => (p, i)).Where(pair => pair.p <= alpha * (1 + 1e-12)).Select(pair => pair.i)];

    private static Moments Arm(Given arm) => new(arm.Count("n"), arm.Number("mean", 0), arm.Count("n") < 2 ? 0 : arm.Number("var", 0) * (arm.Number("n") - 1));

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
