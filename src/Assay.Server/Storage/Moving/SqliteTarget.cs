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
    private readonly List<string> _indexes = [];

    private SqliteTarget(SqlitePlace place, EventDatabase database, bool isBackup)
    {
        (_place, _database, _isBackup) = (place, database, isBackup);
        _rows = new SqliteRows(database);
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
            await using (var source = new SqliteSource(new SqliteConnectionStringBuilder { DataSource = place.Part, Pooling = false }.ConnectionString))
                await Migrations.ApplyAsync(source, clock, cancellation);
            var target = new SqliteTarget(place, EventDatabase.Filling(place.Part), isBackup);
            target.Begin();
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

    public void Write(Table table, IEnumerable<Cell[]> rows)
    {
        using var insert = _database.Open(InsertInto(table));
        var (text, scope) = table.Fingerprint is { } fingerprint
            ? (table.IndexOf(fingerprint.Text), fingerprint.Scope is { } named ? table.IndexOf(named) : -1)
            : (-1, -1);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) Bind(insert, i + 1, row[i], table.Columns[i].Type);
            if (text >= 0) insert.Bind(row.Length + 1, row[text].IsNull ? null : Fingerprint.Of(scope < 0 ? 0 : row[scope].Int64, row[text].Text));
            insert.Run();
        }
    }

    public void Complete(IReadOnlyList<MovedTable> moved)
    {
        foreach (var index in _indexes) _database.Execute(index);
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

    /// <summary>Indexes are made when all rows are there: row by row, those over fingerprints would touch a page each.</summary>
    private void Begin()
    {
        _database.Execute("begin");
        var names = new List<string>();
        using (var row = _database.Open("select name, sql from sqlite_master where type = 'index' and sql is not null"))
        {
            while (row.Step())
            {
                names.Add(row.Text(0));
                _indexes.Add(row.Text(1));
            }
        }

        foreach (var name in names) _database.Execute($"drop index {name}");
    }

    private static string InsertInto(Table table)
    {
        var columns = table.Columns.Select(column => column.Sqlite?.Column ?? column.Name).ToList();
        var values = table.Columns.Select(column => column.Sqlite is { } form ? Numbered(form.Write, table) : Parameter(table.IndexOf(column.Name))).ToList();
        if (table.Fingerprint is { } fingerprint)
        {
            columns.Add(fingerprint.Name);
            values.Add(Parameter(table.Columns.Length));
        }

        return $"insert into {table.Name} ({string.Join(", ", columns)}) values ({string.Join(", ", values)})";
    }

    private static string Numbered(string expression, Table table) =>
        table.Columns.OrderByDescending(column => column.Name.Length)
            .Aggregate(expression, (text, column) => text.Replace($":{column.Name}", Parameter(table.IndexOf(column.Name)), StringComparison.Ordinal));

    private static string Parameter(int column) => $"?{column + 1}";

    private static void Bind(Statement insert, int index, in Cell cell, ColumnType type)
    {
        if (cell.IsNull) insert.Bind(index, (long?)null);
        else if (type == ColumnType.Real) insert.Bind(index, cell.Real);
        else if (type == ColumnType.Text) insert.Bind(index, cell.Text);
        else if (type == ColumnType.Id) insert.BindId(index, cell.Text);
        else if (type == ColumnType.Bytes) insert.Bind(index, cell.Bytes.AsSpan());
        else insert.Bind(index, cell.Int64);
    }
}
