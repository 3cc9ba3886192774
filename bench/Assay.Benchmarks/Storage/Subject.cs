using System.Globalization;
using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Assay.Server.Storage.Sqlite;
using Npgsql;

namespace Assay.Benchmarks.Storage;

/// <summary>The storage that is driven, and what it costs.</summary>
internal abstract class Subject : IAsyncDisposable
{
    public static Subject Of(string storage) => storage.Contains('=') && StorageEngines.IsPostgres(storage) ? new Postgres(storage) : new Sqlite(storage);

    public abstract Task MigrateAsync();

    /// <param name="keepsEventIds">Whether ids of events are kept as they were sent.</param>
    public abstract Task<IEventStore> OpenAsync(bool keepsEventIds = false);

    /// <summary>Processor time of the database's process that commits, where there is one on this machine.</summary>
    public abstract TimeSpan Processor(IEventStore store);

    /// <summary>Bytes sent to storage so far: of PostgreSQL those of its log.</summary>
    public abstract Task<long> WrittenAsync();

    public abstract Task<long> SizeAsync();

    public abstract ValueTask DisposeAsync();

    private sealed class Sqlite(string folder) : Subject
    {
        private readonly string _connection = $"Data Source={Path.Combine(Directory.CreateDirectory(folder).FullName, "bench.db")}";

        public override Task MigrateAsync() => SqliteEngine.MigrateAsync(_connection + ";Pooling=False", TimeProvider.System, CancellationToken.None);

        public override Task<IEventStore> OpenAsync(bool keepsEventIds = false) => Task.FromResult<IEventStore>(new SqliteEventStore(_connection, keepsEventIds: keepsEventIds));

        public override TimeSpan Processor(IEventStore store) => TimeSpan.Zero;

        public override async Task<long> WrittenAsync()
        {
            const string counters = "/proc/self/io";
            if (!File.Exists(counters)) return 0;
            var lines = await File.ReadAllLinesAsync(counters);
            return lines.Where(line => line.StartsWith("write_bytes:", StringComparison.Ordinal)).Select(line => long.Parse(line.AsSpan(12), null)).Single();
        }

        public override Task<long> SizeAsync() => Task.FromResult(new FileInfo(Path.Combine(folder, "bench.db")).Length);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Postgres(string storage) : Subject
    {
        /// <summary>As Linux counts them, whatever its own clock.</summary>
        private const long TicksPerSecond = 100;

        private readonly PostgresEngine _engine = new(storage);

        public override Task MigrateAsync() => _engine.MigrateAsync(TimeProvider.System, CancellationToken.None);

        public override async Task<IEventStore> OpenAsync(bool keepsEventIds = false)
        {
            var store = new PostgresEventStore(_engine, keepsEventIds: keepsEventIds);
            await store.RestoreAsync(CancellationToken.None);
            return store;
        }

        public override TimeSpan Processor(IEventStore store)
        {
            var ticks = 0L;
            foreach (var process in ((PostgresEventStore)store).WritingProcesses.Where(process => File.Exists($"/proc/{process}/stat")))
            {
                var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }

            return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
        }

        public override Task<long> WrittenAsync() => NumberAsync("select (pg_current_wal_insert_lsn() - '0/0')::bigint");

        public override Task<long> SizeAsync() => NumberAsync("select pg_database_size(current_database())");

        public override ValueTask DisposeAsync() => _engine.DisposeAsync();

        private async Task<long> NumberAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, await _engine.Postgres.OpenConnectionAsync());
            await using (command.Connection) return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
