using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class SurvivalAnswers
{
    public static object Survival(Given g)
    {
        double[] group = g.Numbers("group");
        TimeToEvent[] all = [.. g.Numbers("time").Zip(g.Numbers("status"), (time, status) => new TimeToEvent(time, status != 0))];
        TimeToEvent[] control = [.. all.Where((_, i) => group[i] == 0)], treatment = [.. all.Where((_, i) => group[i] != 0)];
        Outcome<KaplanMeier> c = KaplanMeier.Of(control), t = KaplanMeier.Of(treatment);
        var test = LogRank.Of(control, treatment);
        return new
        {
            logrank = new
            {
                chisq = test.SelectMany(r => r.ChiSquare).Number(value => value),
                p_value = test.SelectMany(r => r.PValue).Number(value => value),
                observed_1 = test.Number(r => r.Observed),
                expected_1 = test.Number(r => r.Expected),
                z = test.SelectMany(r => r.Z).Number(value => value),
            },
            cox_efron = Cox(CoxRegression.Of(control, treatment)),
            cox_breslow = Cox(CoxRegression.Of(control, treatment, TiedEvents.Breslow)),
            median_0 = c.SelectMany(curve => curve.Median).Number(value => value),
            median_1 = t.SelectMany(curve => curve.Median).Number(value => value),
            km_group0 = Curve(c),
            km_group1 = Curve(t),
            km_a = Curve(c),
            km_b = Curve(t),
            rmst = Restricted(c, t, g.Optional("tau")),
        };
    }

    private static object Cox(Outcome<CoxRegression> fit)
    {
        var ratio = fit.SelectMany(f => f.LogHazardRatio);
        return new
        {
            coef = ratio.Number(e => e.Value),
            se = ratio.Number(e => e.StandardError),
            score = fit.Number(f => f.Score),
            lr = fit.Number(f => f.LikelihoodRatio),
            wald_p = ratio.Number(e => Normal.TwoSidedPValue(e.Value / e.StandardError)),
            hr = ratio.Number(e => Math.Exp(e.Value)),
        };
    }

    private static object? Curve(Outcome<KaplanMeier> outcome)
    {
        if (!outcome.TryGet(out var curve)) return null;
        return new
        {
            time = curve.Steps.Select(step => step.Time),
            surv = curve.Steps.Select(step => step.Survival),
            std_err = curve.Steps.Select(step => step.StandardError.Number(value => value)),
            lower_loglog = curve.Steps.Select(step => step.IntervalAt(0.05).Lower()),
            upper_loglog = curve.Steps.Select(step => step.IntervalAt(0.05).Upper()),
        };
    }

    private static object? Restricted(Outcome<KaplanMeier> control, Outcome<KaplanMeier> treatment, double? until)
    {
        if (until is not { } tau) return null;
        Outcome<Estimate> c = control.Select(curve => curve.RestrictedMean(tau)), t = treatment.Select(curve => curve.RestrictedMean(tau));
        var difference = c.SelectMany(a => t.Select(b => Effect.Absolute(a, b)));
        return new
        {
            rmst_0 = c.Number(e => e.Value),
            rmst_1 = t.Number(e => e.Value),
            diff = difference.Number(e => e.Value),
            se = difference.Number(e => e.StandardError),
        };
    }
}
