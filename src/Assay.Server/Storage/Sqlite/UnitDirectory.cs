namespace Assay.Server.Storage.Sqlite;

/// <summary>Units' texts as small integers, numbered in order of arrival so that units that come together lie together.</summary>
internal sealed class UnitDirectory
{
    private const int Remembered = 65_536;

    private readonly EventDatabase _database;
    private Dictionary<string, long> _young = new(StringComparer.Ordinal);
    private Dictionary<string, long> _old = new(StringComparer.Ordinal);
    private long _last;
    private long _lastKept;

    public UnitDirectory(EventDatabase database)
    {
        _database = database;
        var last = database.Prepare("select ifnull(max(unit), 0) from units");
        last.Step();
        _last = _lastKept = last.Int64(0);
        last.Reset();
    }

    /// <summary>The unit's number; null when it was never stored.</summary>
    public long? Find(string userId)
    {
        if (_young.TryGetValue(userId, out var unit)) return unit;
        if (_old.TryGetValue(userId, out unit)) return Remember(userId, unit);
        var rows = _database.Prepare("select unit, user_id from units where hash = ?").Bind(1, Fingerprint.Of(userId));
        long? found = null;
        while (found is null && rows.Step())
            if (rows.Text(1) == userId) found = rows.Int64(0);
        rows.Reset();
        return found is { } known ? Remember(userId, known) : null;
    }

    /// <summary>Numbers a unit that <see cref="Find"/> did not find.</summary>
    public long Add(string userId)
    {
        _database.Prepare("insert into units (unit, hash, user_id) values (?, ?, ?)").Bind(1, ++_last).Bind(2, Fingerprint.Of(userId)).Bind(3, userId).Run();
        return _last;
    }

    /// <summary>The transaction is on disk.</summary>
    public void Keep() => _lastKept = _last;

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _last = _lastKept;

    /// <summary>Two generations: what was not asked for while one filled is forgotten. Units of an open transaction are never in here.</summary>
    public long Remember(string userId, long unit)
    {
        if (_young.Count >= Remembered)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[userId] = unit;
        return unit;
    }
}
