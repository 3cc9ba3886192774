using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Tests;

/// <summary>A catalog that holds the experiments a test puts there.</summary>
internal sealed class FakeCatalog : ICatalog
{
    public ConcurrentDictionary<string, Experiment> Experiments { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<AccessKey> Keys { get; } = [];

    /// <summary>How often it was asked whether there is a key.</summary>
    public int KeyQuestions { get; private set; }

    public Task<Experiment?> FindAsync(string key, CancellationToken cancellation) => Task.FromResult(Experiments.GetValueOrDefault(key));

    public Task<ImmutableArray<Experiment>> ListAsync(ExperimentQuery query, CancellationToken cancellation) =>
        Task.FromResult(Experiments.Values.OrderBy(experiment => experiment.Key, StringComparer.Ordinal)
            .Where(experiment => query.Cursor is null || string.CompareOrdinal(experiment.Key, query.Cursor) > 0).Take(query.Limit).ToImmutableArray());

    public Task<ImmutableArray<string>> ListFollowedAsync(DateTimeOffset since, CancellationToken cancellation) => Task.FromResult<ImmutableArray<string>>([.. Experiments.Keys]);

    public Task<ImmutableArray<string>> ListUnsettledAsync(DateTimeOffset until, CancellationToken cancellation) => Task.FromResult(ImmutableArray<string>.Empty);

    public Task<bool> AddAsync(Experiment experiment, AuditEntry audit, CancellationToken cancellation) => Task.FromResult(Experiments.TryAdd(experiment.Key, experiment));

    public Task<bool> ReplaceAsync(Experiment experiment, int expectedVersion, AuditEntry audit, Ending? ending, CancellationToken cancellation)
    {
        Experiments[experiment.Key] = experiment;
        return Task.FromResult(true);
    }

    public Task<bool> RemoveAsync(string key, int expectedVersion, AuditEntry audit, CancellationToken cancellation) => Task.FromResult(Experiments.TryRemove(key, out _));

    public Task<Analysis.Verdicts.InstallationRecord> OutcomesAsync(DateTimeOffset at, string except, CancellationToken cancellation) => Task.FromResult(new Analysis.Verdicts.InstallationRecord(0, 0));

    public Task<ImmutableArray<AuditEntry>> LifecycleAsync(string experiment, CancellationToken cancellation) => Task.FromResult(ImmutableArray<AuditEntry>.Empty);

    public Task<ImmutableArray<AuditEntry>> AuditAsync(string experiment, CancellationToken cancellation) => Task.FromResult(ImmutableArray<AuditEntry>.Empty);

    public Task<ImmutableArray<AuditRow>> ListAuditAsync(AuditQuery query, CancellationToken cancellation) => Task.FromResult(ImmutableArray<AuditRow>.Empty);

    public Task<bool> AddDecisionAsync(DecisionRow decision, AuditEntry audit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<LastDecision>> LastDecisionsAsync(CancellationToken cancellation) => Task.FromResult(ImmutableArray<LastDecision>.Empty);

    public Task<ImmutableArray<DecisionRow>> ListDecisionsAsync(string experiment, CancellationToken cancellation) => Task.FromResult(ImmutableArray<DecisionRow>.Empty);

    public Task<DecisionRow?> FindDecisionAsync(string experiment, int number, CancellationToken cancellation) => Task.FromResult<DecisionRow?>(null);

    public Task<int> AddRecordsAsync(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> records, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<RecordRow>> ListRecordsAsync(string experiment, RecordKind kind, CancellationToken cancellation) => Task.FromResult(ImmutableArray<RecordRow>.Empty);

    public Task<RecordRow?> FindRecordAsync(string experiment, RecordKind kind, string name, CancellationToken cancellation) => Task.FromResult<RecordRow?>(null);

    public Task AddKeyAsync(AccessKey key, AuditEntry audit, CancellationToken cancellation)
    {
        Keys.Add(key);
        return Task.CompletedTask;
    }

    public Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation) => Task.FromResult(Keys.FirstOrDefault(key => key.Hash == hash));

    public Task<bool> AnyKeyAsync(CancellationToken cancellation)
    {
        KeyQuestions++;
        return Task.FromResult(!Keys.IsEmpty);
    }
}
