using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Past;
using Assay.Server.Decisions;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>All that a page shows of one experiment. Public because components are; what is inside stays in the server.</summary>
public sealed record ExperimentSheet
{
    internal ExperimentSheet(Experiment experiment, Readout? readout, IngestionCounts? ingestion, DateTimeOffset now)
    {
        Experiment = experiment;
        Readout = readout;
        Ingestion = ingestion;
        Now = now;
    }

    internal Experiment Experiment { get; }

    /// <summary>Null while nothing was ever measured (a draft).</summary>
    internal Readout? Readout { get; }

    internal IngestionCounts? Ingestion { get; }

    /// <summary>What people decided, the newest first.</summary>
    internal ImmutableArray<DecisionResource> Decisions { get; init; } = [];

    /// <summary>What was decided last, where the page tells no more of it.</summary>
    internal LastDecision? LastDecision { get; init; }

    /// <summary>Why the last amendment was made; null where none was.</summary>
    internal string? Amended { get; init; }

    /// <summary>The course of the primary metric; null where the page does not draw it.</summary>
    internal TimelineReadout? Course { get; init; }

    /// <summary>What charts over time mark, the earliest first.</summary>
    internal ImmutableArray<Milestone> Milestones { get; init; } = [];

    internal DateTimeOffset Now { get; }

    /// <summary>When its rows went by the rule of retention: from then on nothing is derived again. Null while they are there.</summary>
    internal DateTimeOffset? SealedAt { get; init; }

    internal Design Design => Experiment.Design;

    /// <summary>The day of the iteration, from 1; it stands still at the stop. Null before the start.</summary>
    internal int? Day => Experiment.BeganAt is { } started
        ? Math.Max(0, (int)((Experiment.StoppedAt ?? Now) - started).TotalDays) + 1
        : null;

    /// <summary>Information on completed units over its planned value.</summary>
    internal double? Progress => Readout?.Sequential.InformationFraction;

    /// <summary>Whether no unit is exposed any more.</summary>
    internal bool IsOver => Experiment.Status is ExperimentStatus.Stopped or ExperimentStatus.Archived;

    internal string VariationKey(int index) => Design.Setup.Variations[index].Key;
}
