using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class ShipDecisionLaws
{
    private static readonly Gen<double> P = Gen.Double[0, 1].Select(p => p * p * p);
    private static readonly Gen<Tests> Case = Gen.Select(P.Array[0, 4], P.Array[0, 4], P.Array[0, 6], P.Array[0, 3]).Select((s, g, d, q) => new Tests(s, g, d, q));

    [Fact]
    public void It_ships_exactly_when_success_is_shown_guardrails_hold_and_nothing_is_wrong() =>
        Case.Sample(tests =>
        {
            var decision = Decide(tests);
            var success = tests.Success.Length == 0 || tests.Success.Any(p => p * tests.Success.Length <= 0.05);
            var ships = success && tests.Guardrails.All(p => p <= 0.05) && !tests.Harm.Any(p => p * tests.Harm.Length <= 0.05) && tests.Quality.All(p => p > 0.01);
            return ships == (decision.Action == ShipAction.Ship);
        });

    [Fact]
    public void Bad_data_decide_nothing_whatever_the_other_tests_say() =>
        Case.Sample(tests => Decide(tests with { Quality = [.. tests.Quality, 0.0001] }) is { Action: ShipAction.Invalid, IsValid: false });

    [Fact]
    public void A_harmed_metric_is_rolled_back_unless_the_data_are_bad() =>
        Case.Sample(tests => Decide(tests with { Harm = [.. tests.Harm, 0], Quality = [] }) is { Action: ShipAction.Rollback, IsHarmful: true });

    [Fact]
    public void Stronger_evidence_of_success_never_undoes_shipping() =>
        Gen.Select(Case, Gen.Double[0, 1]).Sample((tests, factor) =>
            Decide(tests).Action != ShipAction.Ship || Decide(tests with { Success = [.. tests.Success.Select(p => p * factor)] }).Action == ShipAction.Ship);

    [Fact]
    public void A_guardrail_without_evidence_is_not_a_pass()
    {
        var decision = Decide(new Tests([0], [0.01, 1], [], []));
        Assert.Equal(ShipAction.Inconclusive, decision.Action);
        Assert.Equal([1], decision.NotNonInferior);
        Assert.Equal([0], decision.Superior);
    }

    [Fact]
    public void The_tests_that_must_succeed_together_spend_the_planned_risk_together() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[1, 5], Gen.Double[0.5, 0.99]).Sample((success, guardrails, treatments, power) =>
        {
            var risks = new RiskAllocation(success, guardrails, treatments, 0.05, power);
            var together = Math.Max(1, guardrails + (success > 0 ? 1 : 0));
            return Math.Abs((together * risks.TypeTwoError) - (1 - power)) < 1e-12
                && (!risks.SuccessLevel.TryGet(out var level) || Math.Abs((level * success * treatments) - 0.05) < 1e-12);
        });

    [Fact]
    public void A_single_success_metric_needs_the_size_of_a_single_test() => Assert.Equal(1, new RiskAllocation(1, 0, 1, 0.05, 0.8).SuccessSizeFactor.Value, 1e-14);

    [Fact]
    public void Without_metrics_of_a_kind_there_is_nothing_to_size()
    {
        Assert.Equal(Reason.NoSolution, new RiskAllocation(0, 2, 1, 0.05, 0.8).SuccessLevel.Reason);
        Assert.Equal(Reason.NoSolution, new RiskAllocation(2, 0, 1, 0.05, 0.8).GuardrailSizeFactor.Reason);
        Assert.Equal(Reason.NoSolution, new RiskAllocation(2, 1, 1, 0.5, 0.5).SuccessSizeFactor.Reason);
    }

    [Fact]
    public void Counts_levels_and_p_values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("successMetrics", () => new RiskAllocation(-1, 0, 1, 0.05, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>("treatments", () => new RiskAllocation(1, 0, 0, 0.05, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new RiskAllocation(1, 0, 1, 0, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>("power", () => new RiskAllocation(1, 0, 1, 0.05, 1));
        var risks = new RiskAllocation(1, 1, 1, 0.05, 0.8);
        Assert.Throws<ArgumentOutOfRangeException>("superiority", () => ShipDecision.Of(risks, [], [0.1], [], [], 0.05, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("nonInferiority", () => ShipDecision.Of(risks, [0.1], [0.1, 0.2], [], [], 0.05, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("quality", () => ShipDecision.Of(risks, [0.1], [0.1], [], [double.NaN], 0.05, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("deteriorationAlpha", () => ShipDecision.Of(risks, [0.1], [0.1], [], [], 1, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("qualityAlpha", () => ShipDecision.Of(risks, [0.1], [0.1], [], [], 0.05, 0));
    }

    private static ShipDecision Decide(Tests tests) =>
        ShipDecision.Of(new RiskAllocation(tests.Success.Length, tests.Guardrails.Length, 1, 0.05, 0.8), tests.Success, tests.Guardrails, tests.Harm, tests.Quality, 0.05, 0.01);

    private sealed record Tests(double[] Success, double[] Guardrails, double[] Harm, double[] Quality);
}
