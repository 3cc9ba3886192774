using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Units' texts as small integers, numbered in order of arrival.</summary>
internal sealed class UnitDirectory
{
    private readonly EventDatabase _database;
    private readonly SortedRuns _runs;
    private readonly RunBatch _added = new();
    private readonly ArrayBufferWriter<byte> _found = new();
    private long _last;
    private long _lastKept;

    public UnitDirectory(EventDatabase database)
    {
        _database = database;
        _runs = new SortedRuns(database, RunKind.Users);
        _last = _lastKept = database.Number("select max(ifnull((select max(unit) from units), 0), ifnull((select max(unit) from erasures), 0), ifnull((select max(last_unit) from retention), 0))");
    }

    /// <summary>The number given last.</summary>
    public long Last => _last;

    /// <summary>Looks through a part of the fingerprints.</summary>
    public long? Sift(long? after, int chunks, Sift sift) => _runs.Sift(after, chunks, sift);

    public void Tidy() => _runs.Tidy();

    /// <summary>The unit's number; null when it was never stored.</summary>
    public long? Find(string userId, UInt128 fingerprint)
    {
        _found.ResetWrittenCount();
        _runs.Collect(Fingerprint.KeyOf(fingerprint), _found);
        for (var place = 0; place < _found.WrittenCount;)
        {
            var unit = (long)Varint.Read(_found.WrittenSpan, ref place);
            if (UserOf(unit) == userId) return unit;
        }

        return null;
    }

    /// <summary>Who a unit is; null where that was erased.</summary>
    public string? UserOf(long unit) => UserOf(_database, unit);

    /// <summary>Who a unit is, as a reader's transaction sees it.</summary>
    public static string? UserOf(EventDatabase database, long unit)
    {
        var row = database.Prepare("select user_id from units where unit = ?").Bind(1, unit);
        var user = row.Step() ? row.TextOrNull(0) : null;
        row.Reset();
        return user;
    }

    /// <summary>Numbers a unit that <see cref="Find"/> did not find.</summary>
    public long Add(string userId, UInt128 fingerprint)
    {
        _database.Prepare("insert into units (unit, user_id) values (?, ?)").Bind(1, ++_last).Bind(2, userId).Run();
        Varint.Write(_added.Content, (ulong)_last);
        _added.Add(Fingerprint.KeyOf(fingerprint));
        return _last;
    }

    /// <summary>Nobody finds the unit any more, and its number is given to no other.</summary>
    public void Erase(long unit, UInt128 fingerprint)
    {
        _database.Prepare("delete from units where unit = ?").Bind(1, unit).Run();
        _runs.Erase([Fingerprint.KeyOf(fingerprint)], entry => NumberIn(entry) == unit);
    }

    /// <summary>Writes what was added.</summary>
    public void Save()
    {
        _runs.Append(_added);
        _added.Clear();
    }

    /// <summary>The transaction is on disk.</summary>
    public void Keep() => _lastKept = _last;

    /// <summary>The transaction was rolled back.</summary>
    public void Forget()
    {
        _last = _lastKept;
        _added.Clear();
        _runs.Forget();
    }

    private static long NumberIn(ReadOnlySpan<byte> entry)
    {
        var place = 0;
        return (long)Varint.Read(entry, ref place);
    }
}
