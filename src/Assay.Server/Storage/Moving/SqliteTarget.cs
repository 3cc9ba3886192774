using Assay.Analysis.Measurement;
using Assay.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Moving;

/// <summary>A SQLite file while it is filled: under a name that nobody serves until it is whole, checked and on disk, and only then under its own.</summary>
internal sealed class SqliteTarget : IRowTarget
{
    private readonly EventDatabase _database;
    private readonly SqliteRows _rows;
    private readonly SqlitePlace _place;
    private readonly bool _isBackup;
    private readonly RunFiller _filler;

    private SqliteTarget(SqlitePlace place, EventDatabase database, bool isBackup)
    {
        (_place, _database, _isBackup) = (place, database, isBackup);
        _rows = new SqliteRows(database);
        _filler = new RunFiller(database);
    }

    /// <param name="place">Where it will be.</param>
    /// <param name="isBackup">Whether it says of itself what its tables are.</param>
    /// <param name="clock">For the record of migrations.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SqliteTarget> CreateAsync(SqlitePlace place, bool isBackup, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            place.Clear();
            await SqliteEngine.MigrateAsync(new SqliteConnectionStringBuilder { DataSource = place.Part, Pooling = false }.ConnectionString, clock, cancellation);
            var target = new SqliteTarget(place, EventDatabase.Filling(place.Part), isBackup);
            target._database.Execute("begin");
            return target;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public long Number(string sql) => _rows.Number(sql);

    public IEnumerable<Cell[]> Read(Table table) => _rows.Read(table);

    public IAsyncEnumerable<(MeasuredExperiment Stored, MeasuredExperiment Recomputed)> MeasureAsync(CancellationToken cancellation) => _rows.MeasureAsync(cancellation);

    public bool HasRows(Table table) => _rows.HasRows(table);

    public void Write(Table table, IEnumerable<Cell[]> rows)
    {
        if (table.Packed is not null)
        {
            PackedTable.Write(_filler, table, rows);
            return;
        }

        using var insert = _database.Open(
            $"insert into {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) values ({string.Join(", ", table.Columns.Select((_, i) => $"?{i + 1}"))})");
        var isUnits = table.Name == "units";
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) Bind(insert, i + 1, row[i], table.Columns[i].Type);
            insert.Run();
            if (isUnits) _filler.AddUser(row[0].Int64, row[1].Text);
        }
    }

    public void Complete(IReadOnlyList<MovedTable> moved)
    {
        _filler.Flush();
        if (!_isBackup) return;
        _database.Execute("create table backup_seal (name text not null primary key, rows integer not null, digest text not null) without rowid");
        using var insert = _database.Open("insert into backup_seal (name, rows, digest) values (?, ?, ?)");
        foreach (var table in moved) insert.Bind(1, table.Table.Name).Bind(2, table.Seal.Rows).Bind(3, table.Seal.Digest).Run();
    }

    public Task KeepAsync(CancellationToken cancellation)
    {
        _database.Execute("commit");
        using (var check = _database.Open("pragma integrity_check"))
            if (!check.Step() || check.Text(0) != "ok") throw new MoveException($"The file that was written is damaged: {check.TextOrNull(0)}");
        cancellation.ThrowIfCancellationRequested();
        _database.Dispose();
        _place.Keep();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Bind(Statement insert, int index, in Cell cell, ColumnType type)
    {
        if (cell.IsNull) insert.Bind(index, (long?)null);
        else if (type == ColumnType.Real) insert.Bind(index, cell.Real);
        else if (type == ColumnType.Text) insert.Bind(index, cell.Text);
        else if (type == ColumnType.Bytes) insert.Bind(index, cell.Bytes.AsSpan());
        else insert.Bind(index, cell.Int64);
    }
}
