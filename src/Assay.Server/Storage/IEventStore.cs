using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage;

/// <summary>Exposures, events, covariates and the exact accumulators over them. One writer at a time calls the committing members, but for <see cref="CommitAsync"/>; readers are free.</summary>
internal interface IEventStore : IAsyncDisposable
{
    /// <summary>The number of the last commit, installation-wide.</summary>
    long Watermark { get; }

    /// <summary>How many calls of <see cref="CommitAsync"/> may be under way at once, while nothing else is written.</summary>
    int CommitsAtOnce { get; }

    /// <summary>Takes up what the last commit published; no event is read. Called once, when storage is migrated and before anything else.</summary>
    Task RestoreAsync(CancellationToken cancellation);

    /// <summary>Takes up what other processes have committed, so that what is read next is as old as nothing that happened before the call.</summary>
    Task RefreshAsync(CancellationToken cancellation);

    /// <summary>Begins to maintain an experiment (or replaces its view, to set <see cref="ExperimentView.ClosesAt"/>), measuring what is already stored. Idempotent.</summary>
    Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Commits batches in one transaction: rows, accumulators, counts and the commit number are on disk when it returns.</summary>
    Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Makes or lifts exclusions in one commit, with the audit of it; nothing is committed where none changes.</summary>
    /// <returns>A fate for each item: <see cref="ItemFate.Duplicate"/> where it was in force already, or already not.</returns>
    Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Makes links between ids, or lifts some, in one commit, with an entry in the audit for each request; nothing is committed where none changes.</summary>
    /// <param name="batches">Requests that all make links, or all lift some.</param>
    /// <param name="now">The time of the commit.</param>
    /// <param name="cancellation">Ends it before it begins.</param>
    Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Removes all that is stored of a person in one commit, whichever of its ids is told, and what it contributes, with the audit of it.</summary>
    /// <returns>Null for a unit that is not known.</returns>
    Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The served picture; null for an experiment never opened. Scans nothing.</summary>
    MeasuredExperiment? Read(string experiment);

    /// <summary>The same picture, computed anew from raw rows.</summary>
    Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation);

    /// <summary>The picture of a commit that was, computed anew from the rows that it left, those apart that were erased since.</summary>
    /// <returns>Null for an experiment never opened.</returns>
    Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation);

    /// <summary>When a commit was made, microseconds; null for one that never was.</summary>
    Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation);

    /// <summary>Row counts as of every batch acknowledged before the call.</summary>
    Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation);
}

/// <summary>Raw rows of an experiment, before any window.</summary>
internal sealed record IngestionCounts(
    long ExposureRows,
    ImmutableArray<VariationCount> Exposures,
    long EventRows,
    ImmutableArray<MetricCount> Conversions,
    long Duplicates,
    long Crossovers,
    long Rejected,
    long? LastEventAt,
    long Watermark);

internal sealed record VariationCount(int VariationIndex, long Count);

internal sealed record MetricCount(string Metric, long Count, double ValueSum);
