using System.Data;
using System.Runtime.CompilerServices;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Postgres;
using Npgsql;

namespace Assay.Server.Storage.Moving;

/// <summary>The rows of a PostgreSQL database, as one transaction sees them.</summary>
internal sealed class PostgresRows(PostgresEngine engine, NpgsqlConnection connection) : IRows
{
    private const string Unhurried = "set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0; set local lock_timeout = 0";

    public NpgsqlConnection Connection => connection;

    /// <summary>Opens a database that servers may be writing: one picture, whatever they commit meanwhile.</summary>
    public static Task<PostgresRows> OpenAsync(string connectionString, CancellationToken cancellation) =>
        OpenAsync(connectionString, IsolationLevel.RepeatableRead, "set transaction read only", cancellation);

    /// <summary>Opens a database to be written, migrated before.</summary>
    public static Task<PostgresRows> OpenToWriteAsync(string connectionString, CancellationToken cancellation) =>
        OpenAsync(connectionString, IsolationLevel.ReadCommitted, "select 1", cancellation);

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public long Number(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The columns whose numbers are given by the database.</summary>
    public IReadOnlyList<(string Table, string Column)> Identities()
    {
        using var command = new NpgsqlCommand(
            "select table_name::text, column_name::text from information_schema.columns where table_schema = current_schema() and table_name = any($1) and is_identity = 'YES'",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.All.Select(table => table.Name)] });
        using var row = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (row.Read()) found.Add((row.GetString(0), row.GetString(1)));
        return found;
    }

    public bool HasRows(Table table) => Number($"select count(*) from (select 1 from {table.Name} limit 1) found") > 0;

    public IEnumerable<Cell[]> Read(Table table)
    {
        var key = table.Key.Select(name => table.Columns[table.IndexOf(name)] is { Type: ColumnType.Text } ? $"{name} collate \"C\"" : name);
        using var command = new NpgsqlCommand(
            $"select {string.Join(", ", table.Columns.Select(column => column.Name))} from {table.Name}{Kept(table)} order by {string.Join(", ", key)}", connection);
        using var row = command.ExecuteReader();
        var cells = new Cell[table.Columns.Length];
        while (row.Read())
        {
            for (var i = 0; i < cells.Length; i++) cells[i] = Read(row, i, table.Columns[i].Type);
            yield return cells;
        }
    }

    public async IAsyncEnumerable<(MeasuredExperiment Stored, MeasuredExperiment Recomputed)> MeasureAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var state in await StateReader.ChangedAsync(connection, new ViewIndex(0, []), among: null, cancellation))
        {
            if (state.Measure is null || state.SealedAt is not null) continue;
            var measured = await UnitScan.RunAsync(connection, state, cancellation);
            yield return (state.ToPicture(0)!, (state with { Accumulators = measured.Accumulators.ToImmutable() }).ToPicture(0)!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Closing the connection ends its transaction.
        await connection.DisposeAsync();
        await engine.DisposeAsync();
    }

    private static async Task<PostgresRows> OpenAsync(string connectionString, IsolationLevel isolation, string first, CancellationToken cancellation)
    {
        var engine = new PostgresEngine(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        try
        {
            if (isolation == IsolationLevel.ReadCommitted) await engine.MigrateAsync(TimeProvider.System, cancellation);
            var rows = new PostgresRows(engine, await engine.Postgres.OpenConnectionAsync(cancellation));
            await rows.Connection.BeginTransactionAsync(isolation, cancellation);
            rows.Execute(first);
            rows.Execute(Unhurried);
            return rows;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Rows that have gone are left out, whether they are still there or not.</summary>
    private static string Kept(Table table) => table.Packed switch
    {
        RowKind.Event => $" where at >= (select coalesce(max(horizon), {RetentionPlan.Nowhere}) from retention)",
        null => "",
        _ => " where experiment not in (select experiment from experiment_views where sealed_at is not null)",
    };

    private static Cell Read(NpgsqlDataReader row, int column, ColumnType type) => row.IsDBNull(column) ? Cell.Null : type switch
    {
        ColumnType.Real => Cell.Of(row.GetDouble(column)),
        ColumnType.Text => Cell.Of(row.GetString(column)),
        ColumnType.Uuid => Cell.Of(row.GetGuid(column).ToString("D")),
        ColumnType.Bytes => Cell.Of(row.GetFieldValue<byte[]>(column)),
        ColumnType.Integer => Cell.Of(row.GetInt32(column)),
        _ => Cell.Of(row.GetInt64(column)),
    };
}
