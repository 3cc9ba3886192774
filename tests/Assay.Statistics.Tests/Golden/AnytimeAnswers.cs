namespace Assay.Statistics.Tests;

internal static class AnytimeAnswers
{
    public static object MixtureTest(Given g)
    {
        double alpha = g.Number("alpha"), mixture = g.Number("tau2"), null0 = g.Number("theta0", 0);
        if (g.Has("path_estimates"))
        {
            var looks = g.Numbers("path_estimates").Zip(g.Numbers("path_variances")).Select(look => AlwaysValid.Infer(new Estimate(look.First - null0, look.Second, double.PositiveInfinity), alpha, mixture).Value).ToList();
            return new
            {
                running_p = Running(looks.Select(look => look.PValue), Math.Min),
                running_ci_lower = Running(looks.Select(look => look.Interval.Lower + null0), Math.Max),
                running_ci_upper = Running(looks.Select(look => look.Interval.Upper + null0), Math.Min),
            };
        }

        var test = AlwaysValid.Infer(new Estimate(g.Number("estimate") - null0, g.Number("variance"), double.PositiveInfinity), alpha, mixture);
        return new
        {
            ln_lambda = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ln_p_value = test.Number(t => Math.Min(0, -t.Statistic)),
            radius = AlwaysValid.Radius(g.Number("variance"), alpha, mixture),
            lower = test.Number(t => t.Interval.Lower + null0),
            upper = test.Number(t => t.Interval.Upper + null0),
        };
    }

    public static object Mixture(Given g)
    {
        var alpha = g.Number("alpha");
        var oneSided = g.Flag("one_sided");
        var tuningLevel = g.Number("alpha_opt", alpha) * (oneSided ? 2 : 1);
        var exact = g.Text("rho_method", "exact") is "exact";
        var optimal = g.Has("v_opt") ? g.Number("v_opt") : 1 / g.Number("variance_opt");
        var rho = exact ? NormalMixture.Tuning(optimal, tuningLevel) : NormalMixture.ApproximateTuning(optimal, tuningLevel);
        if (g.Text("op") is "effect")
        {
            var test = AlwaysValid.Infer(new Estimate(g.Number("estimate"), g.Number("variance"), double.PositiveInfinity), alpha, 1 / rho).Value;
            return new
            {
                rho,
                tau2_equivalent = 1 / rho,
                radius = AlwaysValid.Radius(g.Number("variance"), alpha, 1 / rho),
                lower = test.Interval.Lower,
                upper = test.Interval.Upper,
                p_value = test.PValue,
            };
        }

        double v = g.Number("v"), s = g.Number("s", 0);
        return new
        {
            rho,
            bound = oneSided ? NormalMixture.OneSidedBoundary(v, alpha, rho) : NormalMixture.Boundary(v, alpha, rho),
            ln_e = oneSided ? NormalMixture.OneSidedLogEvidence(s, v, rho) : NormalMixture.LogEvidence(s, v, rho),
        };
    }

    public static object Asymptotic(Given g)
    {
        double alpha = g.Number("alpha"), t, mean, sd;
        if (g.Text("sample") is "two")
        {
            var effect = Effect.Absolute(g.Mean("a"), g.Mean("b"));
            t = g.Number("n_a") + g.Number("n_b");
            (mean, sd) = (effect.Value, Math.Sqrt(t * effect.Variance));
        }
        else
        {
            (t, mean, sd) = (g.Number("t"), g.Number("mean"), g.Number("sd"));
        }

        var tuning = g.Has("rho") ? 1 / (g.Number("rho") * g.Number("rho"))
            : g.Text("rho_method", "exact") is "exact" ? NormalMixture.Tuning(g.Number("t_opt"), alpha)
            : NormalMixture.ApproximateTuning(g.Number("t_opt"), alpha);
        double variance = sd * sd / t, mixture = sd * sd / tuning;
        var test = AlwaysValid.Infer(new Estimate(mean, variance, double.PositiveInfinity), alpha, mixture).Value;
        return new
        {
            rho = 1 / Math.Sqrt(tuning),
            radius = AlwaysValid.Radius(variance, alpha, mixture),
            lower = test.Interval.Lower,
            upper = test.Interval.Upper,
            one_sided_radius = AlwaysValidBound.AsymptoticRadius(variance, alpha, mixture),
            p_value = test.PValue,
        };
    }

    public static object SampleRatioFixed(Given g)
    {
        var test = SampleRatio.ChiSquare(g.Counts("observed"), g.Numbers("weights"));
        return new
        {
            chi_square = test.Number(t => t.ChiSquare),
            df = test.IsDetermined ? test.Value.DegreesOfFreedom : (int?)null,
            p_value = test.Number(t => t.PValue),
            ln_p_value = test.Number(t => t.LogPValue),
            alarm = test.IsDetermined && test.Value.PValue < 0.001,
        };
    }

    public static object SampleRatioSequential(Given g)
    {
        var weights = g.Numbers("weights");
        var concentration = g.Number("concentration", 10_000);
        if (g.Has("counts_path"))
        {
            var path = g.Rows("counts_path").Select(counts => counts.Select(count => (long)count).ToArray()).ToList();
            return new
            {
                running_ln_bf = path.Select(counts => SampleRatio.SequentialLogEvidence(counts, weights, concentration)).ToList(),
                running_p_value = Running(path.Select(counts => SampleRatio.SequentialPValue(counts, weights, concentration)), Math.Min),
            };
        }

        var counts = g.Counts("counts");
        var interval = g.Has("alpha_cs") ? SplitInterval.Of(counts[0], counts[1], weights[0] / weights.Sum(), g.Number("alpha_cs"), concentration) : default;
        return new
        {
            ln_bf = SampleRatio.SequentialLogEvidence(counts, weights, concentration),
            p_value = SampleRatio.SequentialPValue(counts, weights, concentration),
            cs_lower = interval.Lower,
            cs_upper = interval.Upper,
        };
    }

    public static List<double> Running(IEnumerable<double> values, Func<double, double, double> combine)
    {
        var running = new List<double>();
        foreach (var value in values) running.Add(running.Count == 0 ? value : combine(running[^1], value));
        return running;
    }
}
