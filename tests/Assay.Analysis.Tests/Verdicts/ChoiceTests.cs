using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class ChoiceTests
{
    [Theory]
    [InlineData(VerdictStatus.Ship, Choice.Ship)]
    [InlineData(VerdictStatus.StopHarm, Choice.KeepControl)]
    [InlineData(VerdictStatus.NoWorthwhileEffect, Choice.KeepControl)]
    [InlineData(VerdictStatus.Inconclusive, Choice.KeepControl)]
    [InlineData(VerdictStatus.KeepRunning, Choice.KeepRunning)]
    [InlineData(VerdictStatus.Investigate, Choice.Investigate)]
    public void Of_each_verdict_one_choice_is_what_it_says(VerdictStatus status, Choice said) => Assert.All(
        Enum.GetValues<Choice>(), choice => Assert.Equal(choice == said, choice.Follows(choice == Choice.Ship ? 2 : null, Verdict(status))));

    [Fact]
    public void Another_treatment_than_the_recommended_is_another_choice()
    {
        Assert.False(Choice.Ship.Follows(1, Verdict(VerdictStatus.Ship)));
        Assert.False(Choice.Ship.Follows(null, Verdict(VerdictStatus.Ship)));
    }

    private static VerdictReadout Verdict(VerdictStatus status) => new()
    {
        Status = status,
        RecommendedIndex = status == VerdictStatus.Ship ? 2 : null,
        RecommendedVariation = status == VerdictStatus.Ship ? "c" : null,
        Sentence = "",
        Reasons = [],
        Evidence = new VerdictEvidence { Alpha = 0.05, Hypotheses = 1, GuardrailLevel = 0.025, HarmLevel = 0.05, MinimumEffectPct = 0, FutilityEffectPct = 5, Treatments = [] },
        Ranking = [],
        ExpectedAnswerAt = null,
    };
}
