using Assay.Analysis.Health;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class DecisionRuleTests
{
    private static readonly GuardrailState[] States = Enum.GetValues<GuardrailState>();

    private static readonly PrimaryFinding[] Findings =
    [
        .. from standing in Enum.GetValues<Standing>()
           from reaches in (bool[])[false, true]
           from below in (bool[])[false, true]
           select new PrimaryFinding(standing, reaches, below),
    ];

    /// <summary>Every treatment with two primaries and two guardrails that there can be, and those with fewer.</summary>
    private static IEnumerable<ArmFindings> All() =>
        from first in Findings
        from second in Findings.Select(finding => (PrimaryFinding?)finding).Append(null)
        from guardrails in (GuardrailState[][])[[], .. States.Select(state => (GuardrailState[])[state]), .. States.SelectMany(one => States.Select(other => (GuardrailState[])[one, other]))]
        from complete in (bool[])[false, true]
        select new ArmFindings(second is { } more ? [first, more] : [first], [.. guardrails], complete);

    [Fact]
    public void A_treatment_is_shipped_exactly_when_the_policy_says_so()
    {
        foreach (var arm in All())
        {
            var expected = arm.Primaries.Any(primary => primary is { Standing: Standing.Better, ReachesMinimum: true })
                && !arm.Primaries.Any(primary => primary.Standing == Standing.Worse)
                && !arm.Guardrails.Any(state => state != GuardrailState.Safe);
            Assert.Equal(expected, DecisionRule.Of(arm) == VerdictStatus.Ship);
        }
    }

    [Fact]
    public void A_treatment_is_stopped_for_harm_exactly_when_a_guardrail_or_a_primary_is_harmed()
    {
        foreach (var arm in All())
        {
            var expected = arm.Guardrails.Contains(GuardrailState.Harm) || arm.Primaries.Any(primary => primary.Standing == Standing.Worse);
            Assert.Equal(expected, DecisionRule.Of(arm) == VerdictStatus.StopHarm);
        }
    }

    [Fact]
    public void Nothing_worthwhile_needs_every_primary_below_and_none_that_would_ship()
    {
        foreach (var arm in All())
        {
            var status = DecisionRule.Of(arm);
            if (status == VerdictStatus.NoWorthwhileEffect) Assert.All(arm.Primaries, primary => Assert.True(primary is { IsBelowWorthwhile: true, IsGoodEnough: false }));
            if (status is VerdictStatus.KeepRunning or VerdictStatus.Inconclusive) Assert.True(arm.Primaries.Any(primary => primary.IsGoodEnough || !primary.IsBelowWorthwhile));
        }
    }

    [Fact]
    public void What_is_left_open_is_inconclusive_exactly_when_the_plan_is_complete()
    {
        foreach (var arm in All())
        {
            var (open, complete) = (DecisionRule.Of(arm with { IsComplete = false }), DecisionRule.Of(arm with { IsComplete = true }));
            if (open == VerdictStatus.KeepRunning) Assert.Equal(VerdictStatus.Inconclusive, complete);
            else Assert.Equal(open, complete);
        }
    }

    [Fact]
    public void The_order_of_primaries_and_guardrails_does_not_matter()
    {
        foreach (var arm in All())
            Assert.Equal(DecisionRule.Of(arm), DecisionRule.Of(arm with { Primaries = [.. arm.Primaries.Reverse()], Guardrails = [.. arm.Guardrails.Reverse()] }));
    }

    [Fact]
    public void Evidence_for_a_treatment_never_takes_a_ship_away()
    {
        foreach (var arm in All().Where(arm => DecisionRule.Of(arm) == VerdictStatus.Ship))
        {
            for (var i = 0; i < arm.Primaries.Length; i++)
            {
                var better = arm.Primaries[i] with { Standing = Standing.Better, ReachesMinimum = true };
                Assert.Equal(VerdictStatus.Ship, DecisionRule.Of(arm with { Primaries = arm.Primaries.SetItem(i, better) }));
            }
        }
    }

    [Theory]
    [InlineData(VerdictStatus.Ship, VerdictStatus.Ship, VerdictStatus.StopHarm)]
    [InlineData(VerdictStatus.Ship, VerdictStatus.Ship, VerdictStatus.KeepRunning)]
    [InlineData(VerdictStatus.KeepRunning, VerdictStatus.KeepRunning, VerdictStatus.StopHarm)]
    [InlineData(VerdictStatus.KeepRunning, VerdictStatus.NoWorthwhileEffect, VerdictStatus.KeepRunning)]
    [InlineData(VerdictStatus.Inconclusive, VerdictStatus.Inconclusive, VerdictStatus.StopHarm)]
    [InlineData(VerdictStatus.StopHarm, VerdictStatus.NoWorthwhileEffect, VerdictStatus.StopHarm)]
    [InlineData(VerdictStatus.StopHarm, VerdictStatus.StopHarm, VerdictStatus.StopHarm)]
    [InlineData(VerdictStatus.NoWorthwhileEffect, VerdictStatus.NoWorthwhileEffect, VerdictStatus.NoWorthwhileEffect)]
    public void The_experiment_has_the_best_action_of_its_treatments(VerdictStatus expected, VerdictStatus first, VerdictStatus second)
    {
        Assert.Equal(expected, DecisionRule.Of([first, second], HealthStatus.Ok));
        Assert.Equal(expected, DecisionRule.Of([second, first], HealthStatus.Watch));
        Assert.Equal(VerdictStatus.Investigate, DecisionRule.Of([first, second], HealthStatus.Problem));
    }
}
