using Assay.Analysis.Measurement;
using Assay.Server.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Server.Storage.Moving;

/// <summary>A PostgreSQL database while it is filled, in one transaction.</summary>
internal sealed class PostgresTarget : IRowTarget
{
    private readonly PostgresRows _rows;

    private PostgresTarget(PostgresRows rows) => _rows = rows;

    /// <exception cref="MoveException">The database is not empty.</exception>
    public static async Task<PostgresTarget> CreateAsync(string connectionString, CancellationToken cancellation)
    {
        var target = new PostgresTarget(await PostgresRows.OpenToWriteAsync(connectionString, cancellation));
        try
        {
            target.Begin();
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public long Number(string sql) => _rows.Number(sql);

    public bool HasRows(Table table) => _rows.HasRows(table);

    public IEnumerable<Cell[]> Read(Table table) => _rows.Read(table);

    public IAsyncEnumerable<(MeasuredExperiment Stored, MeasuredExperiment Recomputed)> MeasureAsync(CancellationToken cancellation) => _rows.MeasureAsync(cancellation);

    public void Write(Table table, IEnumerable<Cell[]> rows)
    {
        using var writer = _rows.Connection.BeginBinaryImport($"copy {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) from stdin (format binary)");
        foreach (var row in rows)
        {
            writer.StartRow();
            for (var i = 0; i < row.Length; i++) Write(writer, row[i], table.Columns[i].Type);
        }

        writer.Complete();
    }

    public void Complete(IReadOnlyList<MovedTable> moved)
    {
        foreach (var (table, column) in _rows.Identities())
            _rows.Execute($"select setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) from {table} having max({column}) is not null");
        _rows.Execute("select setval(pg_get_serial_sequence('units', 'unit'), max(unit)) from (select unit from units union all select unit from erasures union all select last_unit from retention) known having max(unit) > 0");

        // A commit of repetitions alone has no batch among the commits, and its number among the arrivals.
        _rows.Execute("select setval('batches', max(number)) from (select batch as number from commits union all select number from arrivals) given having max(number) > 0");

        // A server that is up already takes all of it for news.
        _rows.Execute("update installation set watermark = (select coalesce(max(watermark), 0) from commits), links = (select coalesce(max(watermark), 0) from commits), views = views + 1; select pg_notify('assay_commit', '')");
        _rows.Execute($"analyze {string.Join(", ", Tables.All.Select(table => table.Name))}");
    }

    public Task KeepAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _rows.Execute("commit");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>A server that is up already waits: its commits for the views, its changes for the tables.</summary>
    private void Begin()
    {
        _rows.Execute($"select pg_advisory_xact_lock({AdvisoryLocks.Assay}, {AdvisoryLocks.Changes}), pg_advisory_xact_lock({AdvisoryLocks.Assay}, {AdvisoryLocks.Views})");
        _rows.Execute($"lock table {string.Join(", ", Tables.All.Select(table => table.Name))}, installation in share row exclusive mode");
        Move.CheckEmpty(_rows, $"The database {_rows.Connection.Database}");
    }

    private static void Write(NpgsqlBinaryImporter writer, in Cell cell, ColumnType type)
    {
        if (cell.IsNull)
        {
            writer.WriteNull();
            return;
        }

        switch (type)
        {
            case ColumnType.Integer:
                writer.Write(cell.Int32, NpgsqlDbType.Integer);
                break;
            case ColumnType.Real:
                writer.Write(cell.Real, NpgsqlDbType.Double);
                break;
            case ColumnType.Text:
                writer.Write(cell.Text, NpgsqlDbType.Text);
                break;
            case ColumnType.Uuid:
                writer.Write(Guid.ParseExact(cell.Text, "D"), NpgsqlDbType.Uuid);
                break;
            case ColumnType.Bytes:
                writer.Write(cell.Bytes, NpgsqlDbType.Bytea);
                break;
            default:
                writer.Write(cell.Int64, NpgsqlDbType.Bigint);
                break;
        }
    }
}
