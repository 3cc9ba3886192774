using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What a verdict is drawn from: the readout's input, the blocks that may be acted on, and health.</summary>
/// <param name="Input">What the readout depends on.</param>
/// <param name="Primaries">The primaries' comparisons.</param>
/// <param name="Guardrails">The guardrails.</param>
/// <param name="Sequential">Progress and looks.</param>
/// <param name="Health">How sound the data are.</param>
internal sealed record DecisionBasis(
    ReadoutInput Input, ImmutableArray<PrimaryBlock> Primaries, IReadOnlyList<GuardrailReadout> Guardrails, SequentialReadout Sequential, HealthReadout Health)
{
    /// <summary>The treatments that the split gives units, if it gives the control some.</summary>
    public IEnumerable<int> Treatments =>
        Input.Design.Setup.TrafficSplit is [> 0, ..] split ? Enumerable.Range(1, split.Length - 1).Where(arm => split[arm] > 0) : [];

    /// <summary>The effect below which nothing is worth waiting for, percent; null for a data file, where nobody declared one.</summary>
    public double? WorthwhileEffectPct => Input.Final ? null : Input.Design.WorthwhileEffectPct;

    /// <summary>Standard deviation of the prior that relative effects are shrunk by, percent: the MDE; null, a flat one, for a data file.</summary>
    public double? PriorPct => Input.Final ? null : Input.Design.Metrics.MdePct;

    /// <summary>Checks that forbid to act.</summary>
    public IEnumerable<HealthCheck> Problems => Health.Checks.Where(check => check.Status == HealthCheckStatus.Problem);

    public string Key(int arm) => Input.Design.Setup.Variations[arm].Key;
}

/// <summary>A primary and its comparisons.</summary>
internal sealed record PrimaryBlock(Metric Metric, IReadOnlyList<ComparisonReadout> Comparisons)
{
    public ComparisonReadout Of(int treatment) => DecisionSides.Of(Comparisons, treatment);
}
