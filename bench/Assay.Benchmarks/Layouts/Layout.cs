using System.Buffers;
using System.Globalization;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Benchmarks.Layouts;

/// <summary>A way to keep events by id and by unit in a SQLite file.</summary>
internal abstract class Layout(EventDatabase database)
{
    protected EventDatabase Database { get; } = database;

    /// <summary>Adds rows whose ids are new, having looked for each.</summary>
    public abstract void Add(IReadOnlyList<Row> rows);

    /// <summary>Reads a unit's rows.</summary>
    /// <returns>Bytes of them.</returns>
    public abstract long Read(long unit);

    /// <param name="Unit">Its number.</param>
    /// <param name="Id">Of the event.</param>
    /// <param name="Data">The rest, packed.</param>
    internal sealed record Row(long Unit, Guid Id, byte[] Data)
    {
        public string User => string.Create(CultureInfo.InvariantCulture, $"user-{Unit}");
    }
}

/// <summary>A row an insert, ids and users as texts: how it is done without a thought.</summary>
internal sealed class TextRows : Layout
{
    public TextRows(EventDatabase database)
        : base(database)
    {
        database.Execute("create table t (id text primary key, user_id text, data blob)");
        database.Execute("create index t_by_user on t (user_id)");
    }

    public override void Add(IReadOnlyList<Row> rows)
    {
        var insert = Database.Prepare("insert or ignore into t (id, user_id, data) values (?, ?, ?)");
        foreach (var row in rows) insert.Bind(1, row.Id.ToString()).Bind(2, row.User).Bind(3, row.Data.AsSpan()).Run();
    }

    public override long Read(long unit)
    {
        var rows = Database.Prepare("select data from t where user_id = ?").Bind(1, $"user-{unit}");
        var bytes = 0L;
        while (rows.Step()) bytes += rows.Blob(0).Length;
        rows.Reset();
        return bytes;
    }
}

/// <summary>Rows clustered by unit, ids of 16 bytes in a tree of their own.</summary>
internal sealed class ClusteredRows : Layout
{
    private long _number;

    public ClusteredRows(EventDatabase database)
        : base(database)
    {
        database.Execute("create table t (unit integer, number integer, data blob, primary key (unit, number)) without rowid");
        database.Execute("create table ids (id blob primary key, unit integer) without rowid");
    }

    public override void Add(IReadOnlyList<Row> rows)
    {
        var id = Database.Prepare("insert or ignore into ids (id, unit) values (?, ?)");
        foreach (var row in rows.OrderBy(row => row.Id)) id.Bind(1, row.Id.ToByteArray(bigEndian: true)).Bind(2, row.Unit).Run();
        var insert = Database.Prepare("insert into t (unit, number, data) values (?, ?, ?)");
        foreach (var row in rows.OrderBy(row => row.Unit)) insert.Bind(1, row.Unit).Bind(2, ++_number).Bind(3, row.Data.AsSpan()).Run();
    }

    public override long Read(long unit)
    {
        var rows = Database.Prepare("select data from t where unit = ?").Bind(1, unit);
        var bytes = 0L;
        while (rows.Step()) bytes += rows.Blob(0).Length;
        rows.Reset();
        return bytes;
    }
}

/// <summary>Sorted runs of ids, and by unit either of the rows themselves or of the numbers that they have in a table that is only appended to.</summary>
internal sealed class RunRows : Layout
{
    private readonly SortedRuns _byUnit;
    private readonly SortedRuns _ids;
    private readonly RunBatch _newByUnit = new();
    private readonly RunBatch _newIds = new();
    private readonly ArrayBufferWriter<byte> _found = new();
    private readonly bool _hasLog;
    private long _number;

    public RunRows(EventDatabase database, bool hasLog)
        : base(database)
    {
        (_byUnit, _ids, _hasLog) = (new SortedRuns(database, RunKind.Rows), new SortedRuns(database, RunKind.Ids), hasLog);
        database.Execute("create table log (number integer primary key, data blob)");
    }

    public override void Add(IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            var key = Fingerprint.OfEvent(0, row.Id);
            _found.ResetWrittenCount();
            _ids.Collect(key, _found);
            if (_found.WrittenCount > 0) continue;
            Varint.Write(_newIds.Content, (ulong)row.Unit);
            _newIds.Content.Write(row.Data.AsSpan(0, sizeof(long)));
            _newIds.Add(key);
            if (_hasLog)
            {
                Database.Prepare("insert into log (number, data) values (?, ?)").Bind(1, ++_number).Bind(2, row.Data.AsSpan()).Run();
                Varint.Write(_newByUnit.Content, (ulong)_number);
            }
            else
            {
                _newByUnit.Content.Write(row.Data);
            }

            _newByUnit.Add(row.Unit);
        }

        _byUnit.Append(_newByUnit);
        _ids.Append(_newIds);
        _newByUnit.Clear();
        _newIds.Clear();
    }

    public override long Read(long unit)
    {
        _found.ResetWrittenCount();
        _byUnit.Collect(unit, _found);
        if (!_hasLog) return _found.WrittenCount;
        var bytes = 0L;
        for (var place = 0; place < _found.WrittenCount;)
        {
            var row = Database.Prepare("select data from log where number = ?").Bind(1, (long)Varint.Read(_found.WrittenSpan, ref place));
            row.Step();
            bytes += row.Blob(0).Length;
            row.Reset();
        }

        return bytes;
    }
}
