namespace Assay.Server.Storage.Sqlite;

/// <summary>Names of events and covariates as small integers, and how late each name's events go.</summary>
internal sealed class NameDirectory
{
    private readonly EventDatabase _database;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [""];
    private readonly Dictionary<int, long> _lastAt = [];
    private readonly Dictionary<int, long> _newLastAt = [];
    private int _kept;

    public NameDirectory(EventDatabase database)
    {
        _database = database;
        var rows = database.Prepare("select name, text, last_at from names order by name");
        while (rows.Step())
        {
            // Numbers that came from PostgreSQL have gaps.
            while (_texts.Count < rows.Int32(0)) _texts.Add("");
            _texts.Add(rows.Text(1));
            _numbers.Add(rows.Text(1), rows.Int32(0));
            if (rows.Int64OrNull(2) is { } last) _lastAt.Add(rows.Int32(0), last);
        }

        rows.Reset();
        _kept = _texts.Count;
    }

    /// <summary>The number of a known name.</summary>
    public int Find(string text) => _numbers[text];

    /// <summary>The number of a name; null when it has none yet.</summary>
    public int? TryFind(string text) => _numbers.TryGetValue(text, out var name) ? name : null;

    public string Text(int name) => _texts[name];

    /// <summary>The number of a name, given on first use.</summary>
    public int Resolve(string text)
    {
        if (_numbers.TryGetValue(text, out var name)) return name;
        name = _texts.Count;
        _database.Prepare("insert into names (name, text) values (?, ?)").Bind(1, name).Bind(2, text).Run();
        _numbers.Add(text, name);
        _texts.Add(text);
        return name;
    }

    /// <summary>Latest time of the name's events; null when there are none.</summary>
    public long? LastAt(string text) => _numbers.TryGetValue(text, out var name) && _lastAt.TryGetValue(name, out var last) ? last : null;

    public void Saw(int name, long at)
    {
        if (at > _newLastAt.GetValueOrDefault(name, _lastAt.GetValueOrDefault(name, long.MinValue))) _newLastAt[name] = at;
    }

    public void Save()
    {
        foreach (var (name, last) in _newLastAt) _database.Prepare("update names set last_at = ? where name = ?").Bind(1, last).Bind(2, name).Run();
    }

    /// <summary>The transaction is on disk.</summary>
    public void Keep()
    {
        foreach (var (name, last) in _newLastAt) _lastAt[name] = last;
        _newLastAt.Clear();
        _kept = _texts.Count;
    }

    /// <summary>The transaction was rolled back.</summary>
    public void Forget()
    {
        _newLastAt.Clear();
        while (_texts.Count > _kept)
        {
            _numbers.Remove(_texts[^1]);
            _texts.RemoveAt(_texts.Count - 1);
        }
    }
}
