using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Where the prior of a false-positive risk is from.</summary>
internal static class PriorWords
{
    private static readonly Texts Text = Texts.Of(typeof(PriorWords));

    public static string Of(FalsePositiveReadout risk) => risk is { DecidedExperiments: { } decided, SuccessfulExperiments: { } successes }
        ? Text.Format("Of.record", Figures.Probability(risk.PriorSuccessRate), Figures.Count(successes), Figures.Count(decided))
        : Text.Format("Of.design", Figures.Probability(risk.PriorSuccessRate));
}
