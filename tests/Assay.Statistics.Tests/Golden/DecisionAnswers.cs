using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class DecisionAnswers
{
    public static object Graph(Given g)
    {
        var adjusted = GraphicalTest.AdjustedPValues(g.Numbers("weights"), g.Rows("transitions"), g.Numbers("p_values"));
        return new { adjusted_p = adjusted, rejected = adjusted.Rejected(g.Number("alpha")) };
    }

    public static object DunnettTest(Given g)
    {
        var dunnett = new Dunnett([.. g.Numbers("n")], g.Number("df", double.PositiveInfinity), (int)g.Number("sides", 2));
        return new { critical_value = dunnett.CriticalValue(g.Number("alpha")), adjusted_p = g.Has("t") ? g.Numbers("t").Select(dunnett.Survival) : null };
    }

    public static object Adaptive(Given g)
    {
        AdaptiveBatch[] batches = [.. g.Items("batches").Select(batch => new AdaptiveBatch(batch.Number("share"), Side(batch, "0"), Side(batch, "1")))];
        var z = AdaptiveBatches.BatchedZ(batches);
        // Two weightings that the library does not offer, because they are biased under adaptive allocation, from the differences that it does.
        Estimate inverse = Weighted(batch => 1 / batch.Variance), sized = Weighted(batch => batch.Count);
        var adaptive = AdaptiveBatches.AdaptivelyWeighted(batches);
        Moments control = default, treatment = default;
        foreach (var batch in batches) (control, treatment) = (control + batch.Control, treatment + batch.Treatment);
        return new
        {
            bols_z = z.Number(value => value),
            bols_p = z.Number(Normal.TwoSidedPValue),
            ivw = inverse.Value,
            se_ivw = inverse.StandardError,
            ipw = sized.Value,
            se_ipw = sized.StandardError,
            aw = adaptive.Number(e => e.Value),
            se_aw = adaptive.Number(e => e.StandardError),
            naive_pooled = treatment.Mean - control.Mean,
        };

        Estimate Weighted(Func<AdaptiveBatch, double> weight)
        {
            var all = batches.Sum(weight);
            return new Estimate(batches.Sum(batch => weight(batch) / all * batch.Difference), batches.Sum(batch => weight(batch) / all * (weight(batch) / all) * batch.Variance), double.PositiveInfinity);
        }

        static Moments Side(Given batch, string arm) => new(batch.Count("n" + arm), batch.Number("mean" + arm), batch.Number("var" + arm) * (batch.Number("n" + arm) - 1));
    }

    public static object Best(Given g)
    {
        var rows = g.Rows("params");
        var smallest = g.Text("direction", "max") is "min";
        var best = g.Text("family") is "beta"
            ? BestArm.OfProportions([.. rows.Select(row => (row[0], row[1]))], smallest)
            : BestArm.OfMeans([.. rows.Select(row => new Estimate(row[0], row[1] * row[1], double.PositiveInfinity))], smallest);
        return new
        {
            prob_best = best.IsDetermined ? best.Value.ProbabilityBest.ToArray() : null,
            prob_second = best.IsDetermined ? best.Value.ProbabilitySecond.ToArray() : null,
            top_two_weights = best.IsDetermined ? best.Value.TopTwoWeights.ToArray() : null,
            expected_max = best.Number(b => b.ExpectedBest),
            expected_loss = best.IsDetermined ? best.Value.ExpectedLoss.ToArray() : null,
        };
    }

    public static object Ship(Given g)
    {
        var alpha = g.Number("alpha");
        var risks = new RiskAllocation((int)g.Count("success"), (int)g.Count("guardrails"), (int)g.Number("treatments", 1), alpha, g.Number("power"));
        var decision = ShipDecision.Of(
            risks, PValues("p_success"), PValues("p_noninferiority"), PValues("p_deterioration"), PValues("p_quality"), g.Number("alpha_deterioration", alpha), g.Number("quality_alpha", 0.001));
        return new
        {
            alpha_success = risks.SuccessLevel.Number(value => value),
            alpha_guardrail = risks.GuardrailLevel,
            beta_adjusted = risks.TypeTwoError,
            power_adjusted = risks.TestPower,
            z_total_success = risks.SuccessDistance.Number(value => value),
            z_total_guardrail = risks.GuardrailDistance.Number(value => value),
            n_multiplier_success = risks.SuccessSizeFactor.Number(value => value),
            n_multiplier_guardrail = risks.GuardrailSizeFactor.Number(value => value),
            success_pass = decision.IsSuccess,
            guardrails_pass = decision.AreGuardrailsSafe,
            deterioration_found = decision.IsHarmful,
            quality_ok = decision.IsValid,
            decision = decision.Action switch
            {
                ShipAction.Ship => "ship",
                ShipAction.Rollback => "rollback",
                ShipAction.Invalid => "invalid",
                _ => "inconclusive",
            },
        };

        double[] PValues(string name) => g.Has(name) ? g.Numbers(name) : [];
    }
}
