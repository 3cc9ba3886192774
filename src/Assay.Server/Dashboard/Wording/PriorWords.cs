using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Where the prior of a false-positive risk is from.</summary>
internal static class PriorWords
{
    public static string Of(FalsePositiveReadout risk) => risk is { DecidedExperiments: { } decided, SuccessfulExperiments: { } successes }
        ? $"prior {Figures.Probability(risk.PriorSuccessRate)}: {Figures.Count(successes)} of {Figures.Count(decided)} experiments decided before this one began were shipped"
        : $"prior {Figures.Probability(risk.PriorSuccessRate)}: the design's";
}
