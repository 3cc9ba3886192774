using System.Runtime.CompilerServices;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Storage.Moving;

/// <summary>The rows of a SQLite file, as of when they were first looked at.</summary>
internal sealed class SqliteRows : IRows
{
    private readonly EventDatabase _database;

    /// <param name="database">The caller's until then, with its transaction.</param>
    public SqliteRows(EventDatabase database) => _database = database;

    /// <summary>Opens a file that a server may be writing.</summary>
    public static SqliteRows Open(string connectionString)
    {
        var database = EventDatabase.Reading(connectionString);
        try
        {
            database.Execute("begin");
            if (database.Number("select count(*) from sqlite_master where name = 'old_events'") > 0)
                throw new MoveException("The file has rows that this Assay has yet to pack: serve it once.");
            return new SqliteRows(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public long Number(string sql) => _database.Number(sql);

    /// <summary>What a backup says of its tables.</summary>
    /// <exception cref="MoveException">The file is none.</exception>
    public IReadOnlyDictionary<string, Seal> Seals()
    {
        if (Number("select count(*) from sqlite_master where name = 'backup_seal'") == 0)
            throw new MoveException("The file is no backup. An installation is moved with 'assay copy'.");
        using var check = _database.Open("pragma integrity_check");
        if (!check.Step() || check.Text(0) != "ok") throw new MoveException($"The backup is damaged: {check.TextOrNull(0)}");
        var seals = new Dictionary<string, Seal>(StringComparer.Ordinal);
        using var row = _database.Open("select name, rows, digest from backup_seal");
        while (row.Step()) seals[row.Text(0)] = new Seal(row.Int64(1), row.Text(2));
        return seals;
    }

    public bool HasRows(Table table) => Read(table).Any();

    public IEnumerable<Cell[]> Read(Table table) => table.Packed is null ? ReadPlain(table) : PackedTable.Read(_database, table);

    private IEnumerable<Cell[]> ReadPlain(Table table)
    {
        using var row = _database.Open($"select {string.Join(", ", table.Columns.Select(column => column.Name))} from {table.Name} order by {string.Join(", ", table.Key)}");
        var cells = new Cell[table.Columns.Length];
        while (row.Step())
        {
            for (var i = 0; i < cells.Length; i++) cells[i] = Read(row, i, table.Columns[i].Type);
            yield return cells;
        }
    }

    public async IAsyncEnumerable<(MeasuredExperiment Stored, MeasuredExperiment Recomputed)> MeasureAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var state in new ViewRows(_database).Load())
        {
            if (state.Measure is not { } measure || state.SealedAt is not null) continue;
            var measured = UnitScan.Run(_database, state.Id, measure, state.CompactedThrough, cancellation: cancellation);
            yield return (state.ToPicture(0)!, (state with { Accumulators = measured.Accumulators.ToImmutable() }).ToPicture(0)!);
        }
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Cell Read(Statement row, int column, ColumnType type) => row.IsNull(column) ? Cell.Null : type switch
    {
        ColumnType.Real => Cell.Of(row.Real(column)),
        ColumnType.Text => Cell.Of(row.Text(column)),
        ColumnType.Bytes => Cell.Of(row.Blob(column).ToArray()),
        _ => Cell.Of(row.Int64(column)),
    };
}
