using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Readouts;

/// <summary>All that a readout depends on: equal inputs give equal readouts.</summary>
/// <param name="Design">The design, frozen at start.</param>
/// <param name="Plan">Its price, which the mixtures and the fixed-horizon lock are frozen with; null for a data file.</param>
/// <param name="ExperimentId">The experiment's key, or the file's name.</param>
/// <param name="Status">Where the experiment stands in its life, as the API writes it.</param>
/// <param name="Iteration">The current iteration.</param>
/// <param name="Epoch">The current epoch.</param>
/// <param name="Measured">The accumulators at one commit.</param>
/// <param name="Looks">Recorded looks, by number.</param>
/// <param name="AsOf">The moment that maturity is judged at.</param>
/// <param name="AllPairs">Whether treatments are compared with each other too.</param>
/// <param name="Final">A data file: everything is completed, there is no plan, and the decision is the fixed test.</param>
public sealed record ReadoutInput(
    Design Design,
    ExperimentPlan? Plan,
    string ExperimentId,
    string Status,
    int Iteration,
    int Epoch,
    MeasuredExperiment Measured,
    ImmutableArray<LookReadout> Looks,
    DateTimeOffset AsOf,
    bool AllPairs,
    bool Final)
{
    /// <summary>When the experiment was started; null when there is no such moment, and then nothing is judged by its pace.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was stopped; null while it was not.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>First crossings that were recorded.</summary>
    public ImmutableArray<Crossing> Crossings { get; init; } = [];

    /// <summary>How often experiments of the installation succeeded; null when nobody keeps count.</summary>
    public InstallationRecord? Record { get; init; }

    /// <summary>The method that decides: the design's, for a data file the fixed test.</summary>
    internal AnalysisMethod Method => Final ? AnalysisMethod.FixedHorizon : Design.Constraints.Analysis;

    /// <summary>Planned units of each arm; empty without a plan.</summary>
    internal ImmutableArray<long> Sizes => Final || Plan is null || Plan.PlannedSampleSizes.IsDefaultOrEmpty ? [] : Plan.PlannedSampleSizes;
}
