namespace Assay.Samples;

internal static class DecisionRuleCase
{
    public static void TwoSuccessMetricsAndThreeGuardrails()
    {
        var risks = new RiskAllocation(successMetrics: 2, guardrails: 3, treatments: 1, alpha: 0.05, power: 0.8);
        Console.WriteLine($"each success metric at {risks.SuccessLevel.Value:F4}, each guardrail at {risks.GuardrailLevel:F4}, power of each test {risks.TestPower:F4}");
        Console.WriteLine($"units against a single test: success x {risks.SuccessSizeFactor.Value:F4}, guardrail x {risks.GuardrailSizeFactor.Value:F4}");

        var decision = ShipDecision.Of(
            risks,
            superiority: [0.03, 0.02],
            nonInferiority: [0.01, 0.02, 0.04],
            deterioration: [0.9, 0.5, 0.6, 0.4, 0.3],
            quality: [0.5],
            deteriorationAlpha: 0.05,
            qualityAlpha: 0.001);
        Console.WriteLine($"{decision.Action}: superior {string.Join(" ", decision.Superior)}; guardrails safe: {decision.AreGuardrailsSafe}");

        var underpowered = ShipDecision.Of(risks, [0.03, 0.02], [0.01, 0.02, 0.3], [0.9, 0.5, 0.6, 0.4, 0.3], [0.5], 0.05, 0.001);
        Console.WriteLine($"{underpowered.Action}: guardrail {string.Join(" ", underpowered.NotNonInferior)} is not shown to be safe");
    }
}
