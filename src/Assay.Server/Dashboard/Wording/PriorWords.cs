using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Where the prior of a false-positive risk is from.</summary>
internal static class PriorWords
{
    public static string Of(FalsePositiveReadout risk) => risk is { DecidedExperiments: { } decided, SuccessfulExperiments: { } successes }
        ? $"Prior: {Figures.Probability(risk.PriorSuccessRate)}, from {Figures.Count(successes)} shipped of {Figures.Count(decided)} experiments decided before this one began."
        : $"Prior: {Figures.Probability(risk.PriorSuccessRate)}, the design's.";
}
