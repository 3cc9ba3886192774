using System.Globalization;
using Assay.Server.Cli;
using Assay.Server.Storage;
using Assay.Server.Storage.Moving;
using Assay.Server.Storage.Postgres;
using Assay.Server.Storage.Sqlite;
using Dapper;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>Installations by connection string: filled, told row by row, and moved as a person moves them.</summary>
internal static class Installation
{
    private const string Catalog =
        """
        insert into experiments (key, version, status, iteration, epoch, created_at, started_at, search, design, plan)
        values ('one', 3, 'running', 1, 1, 17, 18, 'one', '{"name":"Ünï ☂"}', '{}'), ('Zwei', 1, 'draft', 1, 1, 19, null, 'zwei', '{}', '{}');
        insert into access_keys (id, hash, scope, created_at) values ('b', 'x', 'read', 1), ('A', 'y', 'admin', 2);
        insert into audit (at, actor, action, experiment, detail) values (1, 'open', 'created', 'one', '{}'), (2, 'b', 'key_created', null, '{"id":"A"}');
        insert into decisions (experiment, number, iteration, design_version, at, actor, decision, variation, reason, follows, as_of, watermark, verdict, moments)
        values ('one', 1, 1, 2, 20, 'b', 'ship', 1, null, 1, 19, 7, '{"status":"ship"}', '[]'), ('one', 2, 1, 3, 21, 'open', 'keep_control', null, 'Ünï ☂', 0, 20, 8, '{}', '[1]');
        insert into records (experiment, iteration, kind, name, at, as_of, watermark, content, moments)
        values ('one', 1, 'verdict', '1', 20, 19, 7, '{"status":"ship","recommended_index":1}', '[]'), ('one', 1, 'crossing', 'Ünï ☂/1', 21, 20, 8, '{"metric":"Ünï ☂","treatment_index":1,"crossed_at":"2026-01-01T00:00:00Z","watermark":8,"p_value_adjusted":0.01,"estimate":null}', null);
        """;

    public static async Task<IEventStore> OpenAsync(string storage)
    {
        if (!StorageEngines.IsPostgres(storage)) return new SqliteEventStore(storage, keepsEventIds: true);
        var store = new OwningStore(new PostgresEngine(storage));
        await store.RestoreAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Migrates, and stores experiments, keys and audit. Where numbers are the database's, some are lost, as a transaction that fails loses them.</summary>
    public static async Task BeginAsync(string storage)
    {
        await using var engine = StorageEngines.Open(storage);
        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        await using var connection = await engine.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(Catalog);
        if (!StorageEngines.IsPostgres(storage)) return;
        foreach (var (table, column) in (ReadOnlySpan<(string, string)>)[("names", "name"), ("units", "unit"), ("experiment_views", "experiment"), ("audit", "number")])
            connection.Execute($"select nextval(pg_get_serial_sequence('{table}', '{column}'))");
    }

    public static async Task PlayAsync(IEventStore store, IEnumerable<Arrival> items)
    {
        foreach (var item in items) await store.CommitAsync([item.Alone()], Microseconds.ToTime(item.ArrivedAt), CancellationToken.None);
    }

    /// <summary>Every row of every table, as text.</summary>
    public static async Task<List<string>> DumpAsync(string storage)
    {
        await using var rows = await Installations.OpenAsync(storage, CancellationToken.None);
        var lines = new List<string>();
        foreach (var table in Tables.All)
            foreach (var row in rows.Read(table))
                lines.Add($"{table.Name}: {string.Join('|', row.Select((cell, i) => Text(cell, table.Columns[i].Type)))}");
        return lines;
    }

    public static async Task CopyAsync(string from, string to)
    {
        var (exit, _, errors) = await Cli.Terminal.RunAsync(CopyCommand.Create(), "--from", from, "--to", to);
        Assert.Equal((0, ""), (exit, errors));
    }

    public static async Task BackUpAsync(string storage, string file)
    {
        var (exit, _, errors) = await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", storage, "--out", file);
        Assert.Equal((0, ""), (exit, errors));
    }

    public static Task<(int Exit, string Output, string Errors)> RestoreAsync(string file, string storage) =>
        Cli.Terminal.RunAsync(RestoreCommand.Create(), file, "--storage", storage);

    private static string Text(in Cell cell, ColumnType type) => cell.IsNull ? "∅" : type switch
    {
        ColumnType.Text or ColumnType.Uuid => cell.Text,
        ColumnType.Bytes => Convert.ToHexString(cell.Bytes),
        ColumnType.Real => cell.Real.ToString("R", CultureInfo.InvariantCulture),
        _ => cell.Int64.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A store that ends with its engine.</summary>
    private sealed class OwningStore(PostgresEngine engine) : IEventStore, IRowRetention
    {
        private readonly PostgresEventStore _store = new(engine, keepsEventIds: true);

        public int CommitsAtOnce => _store.CommitsAtOnce;

        public long Watermark => _store.Watermark;

        public Task RefreshAsync(CancellationToken cancellation) => _store.RefreshAsync(cancellation);

        public Task RestoreAsync(CancellationToken cancellation) => _store.RestoreAsync(cancellation);

        public Task OpenAsync(Analysis.Measurement.ExperimentView view, DateTimeOffset now, CancellationToken cancellation) => _store.OpenAsync(view, now, cancellation);

        public Task<System.Collections.Immutable.ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation) =>
            _store.CommitAsync(batches, now, cancellation);

        public Analysis.Measurement.MeasuredExperiment? Read(string experiment) => _store.Read(experiment);

        public Task<Analysis.Measurement.MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => _store.RecomputeAsync(experiment, cancellation);

        public Task<Analysis.Measurement.MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => _store.RecomputeAsync(experiment, past, cancellation);

        public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => _store.FindCommitAsync(watermark, cancellation);

        public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation) => _store.ExcludeAsync(batch, now, cancellation);

        public Task<System.Collections.Immutable.ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation) =>
            _store.LinkAsync(batches, now, cancellation);

        public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation) => _store.EraseAsync(userId, actor, now, cancellation);

        public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation) => _store.CountAsync(experiment, cancellation);

        public Task<RetentionPlan> PlanAsync(long before, DateTimeOffset now, CancellationToken cancellation) => _store.PlanAsync(before, now, cancellation);

        public Task<(RetentionPlan Plan, long Watermark)> RetainAsync(long before, string actor, DateTimeOffset now, CancellationToken cancellation) =>
            _store.RetainAsync(before, actor, now, cancellation);

        public Task<SweptPart> SweepAsync(DateTimeOffset now, CancellationToken cancellation) => _store.SweepAsync(now, cancellation);

        public Task<RowCounts> PreviewAsync(RetentionPlan plan, CancellationToken cancellation) => _store.PreviewAsync(plan, cancellation);

        public async ValueTask DisposeAsync()
        {
            await _store.DisposeAsync();
            await engine.DisposeAsync();
        }
    }
}
