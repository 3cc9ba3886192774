using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Assay.Analysis.Verdicts;
using Assay.Server.Storage.Auditing;
using Dapper;

namespace Assay.Server.Storage;

/// <summary>The catalog in SQL that SQLite and PostgreSQL both understand. A change and its audit entry are one transaction.</summary>
internal sealed class SqlCatalog(DbDataSource source) : ICatalog
{
    private const string Columns = ExperimentRow.Columns;

    private const string AddRecord =
        $"""
        insert into records ({RecordRow.Columns})
        select @Experiment, @Iteration, @Kind, @Name, @At, @AsOf, @Watermark, @Content, @Moments
        from experiments where key = @Experiment and iteration = @Iteration
        on conflict do nothing
        """;

    private const string Record =
        $"insert into records ({RecordRow.Columns}) values (@Experiment, @Iteration, @Kind, @Name, @At, @AsOf, @Watermark, @Content, @Moments)";

    private volatile KnownOutcomes? _outcomes;

    static SqlCatalog() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public async Task<Experiment?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<ExperimentRow>($"select {Columns} from experiments where key = @key", new { key });
        return row is null ? null : (await WithRecordsAsync(connection, [row]))[0];
    }

    public async Task<ImmutableArray<Experiment>> ListAsync(ExperimentQuery query, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<ExperimentRow>(
            $"""
            select {Columns} from experiments
            where (@status is null or status = @status)
              and (@search is null or search like @search escape '\')
              and (@cursor is null or key > @cursor)
            order by key
            limit @limit
            """,
            new
            {
                status = query.Status is { } status ? Wire.Name(status) : null,
                search = query.Search is { } text ? $"%{EscapeLike(text.ToLowerInvariant())}%" : null,
                cursor = query.Cursor,
                limit = query.Limit,
            });
        return await WithRecordsAsync(connection, [.. rows]);
    }

    public async Task<ImmutableArray<string>> ListFollowedAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return
        [
            .. await connection.QueryAsync<string>(
                """
                select key from experiments
                where status in ('running', 'paused') or (status = 'stopped' and closes_at is null) or (status in ('stopped', 'archived') and closes_at > @since)
                order by key
                """,
                new { since = Microseconds.Of(since) }),
        ];
    }

    public async Task<ImmutableArray<string>> ListUnsettledAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return
        [
            .. await connection.QueryAsync<string>(
                """
                select key from experiments e
                where status in ('stopped', 'archived') and coalesce(closes_at, stopped_at) <= @until
                  and not exists (select 1 from records r where r.experiment = e.key and r.iteration = e.iteration and r.as_of >= coalesce(e.closes_at, e.stopped_at))
                order by key
                """,
                new { until = Microseconds.Of(until) }),
        ];
    }

    public Task<bool> AddAsync(Experiment experiment, AuditEntry audit, CancellationToken cancellation) => ChangeAsync(
        $"""
        insert into experiments ({Columns})
        values (@Key, @Version, @Status, @Iteration, @Epoch, @CreatedAt, @StartedAt, @StoppedAt, @ClosesAt, @IterationStartedAt, @Search, @Design, @Plan)
        on conflict (key) do nothing
        """,
        ExperimentRow.Of(experiment, expectedVersion: 0),
        audit,
        cancellation);

    public Task<bool> ReplaceAsync(Experiment experiment, int expectedVersion, AuditEntry audit, Ending? ending, CancellationToken cancellation) => ChangeAsync(
        """
        update experiments
        set version = @Version, status = @Status, iteration = @Iteration, epoch = @Epoch, started_at = @StartedAt, stopped_at = @StoppedAt,
            closes_at = @ClosesAt, iteration_started_at = @IterationStartedAt, search = @Search, design = @Design, plan = @Plan
        where key = @Key and version = @ExpectedVersion
        """,
        ExperimentRow.Of(experiment, expectedVersion),
        audit,
        cancellation,
        ending);

    public Task<bool> RemoveAsync(string key, int expectedVersion, AuditEntry audit, CancellationToken cancellation) =>
        ChangeAsync("delete from experiments where key = @key and version = @expectedVersion", new { key, expectedVersion }, audit, cancellation);

    public Task<bool> AddDecisionAsync(DecisionRow decision, AuditEntry audit, CancellationToken cancellation) => ChangeAsync(
        $"""
        insert into decisions ({DecisionRow.Columns})
        select @Experiment, @Number, @Iteration, @DesignVersion, @At, @Actor, @Decision, @Variation, @Reason, @Follows, @AsOf, @Watermark, @Verdict, @Moments
        from experiments where key = @Experiment and version = @DesignVersion
        on conflict (experiment, number) do nothing
        """,
        decision,
        audit,
        cancellation);

    public async Task<ImmutableArray<DecisionRow>> ListDecisionsAsync(string experiment, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return [.. await connection.QueryAsync<DecisionRow>($"select {DecisionRow.Listed} from decisions where experiment = @experiment order by number desc", new { experiment })];
    }

    public async Task<ImmutableArray<LastDecision>> LastDecisionsAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return [.. await connection.QueryAsync<LastDecision>(LastDecision.Select)];
    }

    public async Task<DecisionRow?> FindDecisionAsync(string experiment, int number, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<DecisionRow>($"select {DecisionRow.Columns} from decisions where experiment = @experiment and number = @number", new { experiment, number });
    }

    public async Task<int> AddRecordsAsync(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> records, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var told = new List<AuditEntry>();
        foreach (var (row, audit) in records)
            if (await connection.ExecuteAsync(AddRecord, row, transaction) > 0) told.Add(audit);
        if (told.Count == 0) return 0;
        await AuditTrail.AppendAsync(connection, transaction, told, cancellation);
        await transaction.CommitAsync(cancellation);
        return told.Count;
    }

    public async Task<ImmutableArray<RecordRow>> ListRecordsAsync(string experiment, RecordKind kind, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return
        [
            .. await connection.QueryAsync<RecordRow>(
                $"select {RecordRow.Listed} from records where experiment = @experiment and kind = @kind order by iteration desc, length(name) desc, name desc", new { experiment, kind = Wire.Name(kind) }),
        ];
    }

    public async Task<RecordRow?> FindRecordAsync(string experiment, RecordKind kind, string name, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<RecordRow>(
            $"select {RecordRow.Columns} from records where experiment = @experiment and kind = @kind and name = @name order by iteration desc", new { experiment, kind = Wire.Name(kind), name });
    }

    public async Task<InstallationRecord> OutcomesAsync(DateTimeOffset at, string except, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await OutcomesAsync(connection)).AsOf(Microseconds.Of(at), except);
    }

    public Task<ImmutableArray<AuditEntry>> AuditAsync(string experiment, CancellationToken cancellation) => EntriesAsync(experiment, "", cancellation);

    public Task<ImmutableArray<AuditEntry>> LifecycleAsync(string experiment, CancellationToken cancellation) =>
        EntriesAsync(experiment, "and action in ('started', 'paused', 'resumed', 'amended', 'stopped', 'archived')", cancellation);

    public async Task<ImmutableArray<AuditRow>> ListAuditAsync(AuditQuery query, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<AuditRow>(
            $"""
            select {AuditRow.Columns} from audit
            where (@Experiment is null or experiment = @Experiment)
              and number < @before
            order by number desc
            limit @Limit
            """,
            new { query.Experiment, before = query.Before ?? long.MaxValue, query.Limit });
        return [.. rows];
    }

    public Task AddKeyAsync(AccessKey key, AuditEntry audit, CancellationToken cancellation) => ChangeAsync(
        "insert into access_keys (id, hash, scope, created_at) values (@Id, @Hash, @Scope, @CreatedAt)",
        new { key.Id, key.Hash, Scope = Wire.Name(key.Scope), CreatedAt = Microseconds.Of(key.CreatedAt) },
        audit,
        cancellation);

    public async Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<KeyRow>("select id, hash, scope, created_at from access_keys where hash = @hash", new { hash });
        return row?.ToKey();
    }

    public async Task<bool> AnyKeyAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<long?>("select 1 from access_keys limit 1") is not null;
    }

    private async Task<ImmutableArray<Experiment>> WithRecordsAsync(DbConnection connection, ImmutableArray<ExperimentRow> rows)
    {
        if (rows.IsEmpty) return [];
        // A parameter a key: what one engine takes as a list, the other does not.
        var keys = new DynamicParameters();
        for (var i = 0; i < rows.Length; i++) keys.Add(string.Create(CultureInfo.InvariantCulture, $"k{i}"), rows[i].Key);
        var records = await connection.QueryAsync<RecordRow>(
            $"""
            select {RecordRow.Listed} from records r
            where experiment in ({string.Join(", ", keys.ParameterNames.Select(name => $"@{name}"))})
              and (kind in ('look', 'crossing')
                or kind = 'verdict' and not exists (select 1 from records n where n.experiment = r.experiment and n.kind = 'verdict' and (length(n.name), n.name) > (length(r.name), r.name)))
            order by length(name), name
            """,
            keys);
        var byExperiment = records.ToLookup(record => record.Experiment, StringComparer.Ordinal);
        var experiments = rows.Select(row => row.ToExperiment() with { Recorded = Recorded.Of(byExperiment[row.Key], row.Iteration) }).ToImmutableArray();
        if (experiments.All(experiment => experiment.BeganAt is null)) return experiments;
        var outcomes = await OutcomesAsync(connection);
        return [.. experiments.Select(experiment => experiment with { Installation = experiment.BeganAt is { } began ? outcomes.AsOf(Microseconds.Of(began), experiment.Key) : null })];
    }

    /// <summary>Read again when there are more: nothing of it is ever changed or removed.</summary>
    private async Task<Outcomes> OutcomesAsync(DbConnection connection)
    {
        var counted = await connection.QuerySingleAsync<OutcomeCount>(OutcomeCount.Select);
        if (_outcomes is { } known && known.Counted == counted) return known.Outcomes;
        var outcomes = new Outcomes(await connection.QueryAsync<OutcomeRow>(OutcomeRow.Select));
        _outcomes = new KnownOutcomes(counted, outcomes);
        return outcomes;
    }

    private async Task<ImmutableArray<AuditEntry>> EntriesAsync(string experiment, string among, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<AuditRow>($"select {AuditRow.Columns} from audit where experiment = @experiment {among} order by number", new { experiment });
        return [.. rows.Select(row => row.ToEntry())];
    }

    private async Task<bool> ChangeAsync(string sql, object row, AuditEntry audit, CancellationToken cancellation, Ending? ending = null)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await connection.ExecuteAsync(sql, row, transaction) == 0) return false;
        if (ending is not null)
        {
            foreach (var (due, _) in ending.Due) await connection.ExecuteAsync(Record, due, transaction);
            await connection.ExecuteAsync(Record, ending.Iteration, transaction);
        }

        await AuditTrail.AppendAsync(connection, transaction, [.. ending?.Due.Select(due => due.Audit) ?? [], audit], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static string EscapeLike(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private sealed record KnownOutcomes(OutcomeCount Counted, Outcomes Outcomes);
}
