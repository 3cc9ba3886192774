using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Verdicts;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Storage;

/// <summary>Designs, lifecycle, keys and audit: small, relational, the same SQL on every engine.</summary>
internal interface ICatalog
{
    Task<Experiment?> FindAsync(string key, CancellationToken cancellation);

    Task<ImmutableArray<Experiment>> ListAsync(ExperimentQuery query, CancellationToken cancellation);

    /// <summary>Keys of the experiments that run, or were stopped and closed after a time.</summary>
    Task<ImmutableArray<string>> ListFollowedAsync(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Keys of the experiments that closed at a time or before and of which nothing was recorded from then on.</summary>
    Task<ImmutableArray<string>> ListUnsettledAsync(DateTimeOffset until, CancellationToken cancellation);

    /// <returns>False when the key is taken.</returns>
    Task<bool> AddAsync(Experiment experiment, AuditEntry audit, CancellationToken cancellation);

    /// <summary>Replaces the experiment if its stored version is still <paramref name="expectedVersion"/>, and appends to the audit in the same transaction.</summary>
    /// <param name="experiment">As it shall be.</param>
    /// <param name="expectedVersion">The version that it replaces.</param>
    /// <param name="audit">What is told of it.</param>
    /// <param name="ending">What is recorded in the same transaction, before the change is told; null for nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False when another change came first.</returns>
    Task<bool> ReplaceAsync(Experiment experiment, int expectedVersion, AuditEntry audit, Ending? ending, CancellationToken cancellation);

    /// <returns>False when another change came first.</returns>
    Task<bool> RemoveAsync(string key, int expectedVersion, AuditEntry audit, CancellationToken cancellation);

    /// <summary>Stores a decision if the experiment's stored version is still the one it was made of.</summary>
    /// <returns>False when another change came first.</returns>
    Task<bool> AddDecisionAsync(DecisionRow decision, AuditEntry audit, CancellationToken cancellation);

    /// <summary>What was decided on an experiment, the newest first, without the moments.</summary>
    Task<ImmutableArray<DecisionRow>> ListDecisionsAsync(string experiment, CancellationToken cancellation);

    /// <summary>The last decision on each experiment that has one in its current iteration.</summary>
    Task<ImmutableArray<LastDecision>> LastDecisionsAsync(CancellationToken cancellation);

    /// <param name="experiment">Key.</param>
    /// <param name="number">1, 2, … of the experiment.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<DecisionRow?> FindDecisionAsync(string experiment, int number, CancellationToken cancellation);

    /// <summary>Stores what nobody has recorded yet, each with its audit entry, if the experiment is still in the iteration of the rows.</summary>
    /// <returns>How many were stored: those that another process recorded first are not.</returns>
    Task<int> AddRecordsAsync(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> records, CancellationToken cancellation);

    /// <summary>What was recorded of an experiment, the newest first, without the moments.</summary>
    Task<ImmutableArray<RecordRow>> ListRecordsAsync(string experiment, RecordKind kind, CancellationToken cancellation);

    /// <param name="experiment">Key.</param>
    /// <param name="kind">Of what kind.</param>
    /// <param name="name">Which of its kind.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<RecordRow?> FindRecordAsync(string experiment, RecordKind kind, string name, CancellationToken cancellation);

    /// <summary>What other experiments than one had come to at a time.</summary>
    Task<InstallationRecord> OutcomesAsync(DateTimeOffset at, string except, CancellationToken cancellation);

    Task<ImmutableArray<AuditEntry>> AuditAsync(string experiment, CancellationToken cancellation);

    /// <summary>What moved an experiment through its life, in order: it was started, paused, resumed, amended, stopped, archived.</summary>
    Task<ImmutableArray<AuditEntry>> LifecycleAsync(string experiment, CancellationToken cancellation);

    /// <summary>Entries of one experiment or of all, the newest first.</summary>
    Task<ImmutableArray<AuditRow>> ListAuditAsync(AuditQuery query, CancellationToken cancellation);

    Task AddKeyAsync(AccessKey key, AuditEntry audit, CancellationToken cancellation);

    Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation);

    Task<bool> AnyKeyAsync(CancellationToken cancellation);
}

/// <summary>An experiment as the catalog holds it.</summary>
internal sealed record Experiment
{
    public required Design Design { get; init; }

    public required ExperimentPlan Plan { get; init; }

    public required ExperimentStatus Status { get; init; }

    public required int Version { get; init; }

    public required int Iteration { get; init; }

    public required int Epoch { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>When an amendment began the current iteration; null while the first lasts.</summary>
    public DateTimeOffset? IterationStartedAt { get; init; }

    /// <summary>Since when units of the current iteration come.</summary>
    public DateTimeOffset? BeganAt => IterationStartedAt ?? StartedAt;

    /// <summary>What was recorded of its readouts.</summary>
    public Recorded Recorded { get; init; } = Recorded.Nothing;

    /// <summary>What other experiments had come to when the iteration began; null before the start.</summary>
    public InstallationRecord? Installation { get; init; }

    public string Key => Design.Key;

    /// <summary>The view that the event store has to hold; null before the start.</summary>
    public ExperimentView? ToView() =>
        Status != ExperimentStatus.Draft && StartedAt is { } startedAt ? ExperimentViews.Of(Design, Epoch, startedAt, ClosesAt, IterationStartedAt, Plan.Ages) : null;
}

internal enum ExperimentStatus
{
    Draft,
    Running,
    Paused,
    Stopped,
    Archived,
}

/// <summary>What a change ends.</summary>
/// <param name="Due">What was due to be recorded until then, with what the audit says of it.</param>
/// <param name="Iteration">The iteration that is over.</param>
internal sealed record Ending(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> Due, RecordRow Iteration);

/// <param name="Cursor">Key to continue after; null from the start.</param>
internal sealed record ExperimentQuery(ExperimentStatus? Status, string? Search, int Limit, string? Cursor);

/// <param name="Experiment">Only entries of this experiment; null for all.</param>
/// <param name="Before">The number to continue before; null from the newest.</param>
internal sealed record AuditQuery(string? Experiment, int Limit, long? Before);

/// <param name="Actor">Key id, or "open" on an installation without keys.</param>
/// <param name="Detail">JSON object.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string? Experiment, string Detail);

/// <param name="Hash">SHA-256 of the secret, hex.</param>
internal sealed record AccessKey(string Id, string Hash, AccessScope Scope, DateTimeOffset CreatedAt);

internal enum AccessScope
{
    Read,
    Ingest,
    Write,
    Admin,
}
