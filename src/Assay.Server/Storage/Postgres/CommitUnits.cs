using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Whom a commit names: what is remembered of each, and, where that is not enough, what is stored.</summary>
/// <remarks>
/// What is remembered holds as of the last commit that this session has made or seen. A commit reads the last number under the locks of its experiments: if it is
/// that one, nobody has added a row since that counts for them. If its own number is then the next, nobody has added any row meanwhile, and what it has read
/// and written is remembered in its turn.
/// </remarks>
internal sealed class CommitUnits(WriterSession session)
{
    private readonly Dictionary<string, (UInt128 Fingerprint, KnownUnit? Known)> _recalled = new(StringComparer.Ordinal);
    private Dictionary<long, byte[]> _read = [];
    private Numbers<long> _numbers = new(new Dictionary<string, long>(StringComparer.Ordinal), new HashSet<long>());
    private readonly Dictionary<long, string> _members = [];
    private readonly Lock _reading = new();
    private StoredUnits? _stored;
    private long _watermark;
    private bool _areCurrent;

    /// <summary>Whether every unit is to be measured from its rows, whatever its events are known to come to.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Numbers of units, given where they have none.</summary>
    /// <param name="users">Whom, each with its fingerprint.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Numbers<long>> NumberAsync(IReadOnlyDictionary<string, UInt128> users, CancellationToken cancellation)
    {
        session.MakeRoom();
        foreach (var (user, fingerprint) in users) Recall(user, fingerprint);
        return _numbers = await session.UnitsAsync([.. users.Keys], user => _recalled[user].Known?.Unit, cancellation);
    }

    /// <summary>Takes numbers that were found otherwise.</summary>
    public void Know(Numbers<long> numbers)
    {
        foreach (var user in numbers.ByText.Keys) Recall(user, Fingerprint.Of(user));
        _numbers = numbers;
    }

    /// <summary>Finds the other units of the persons that some are of.</summary>
    /// <param name="links">Who is one person.</param>
    /// <param name="users">Units that have numbers.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The numbers of those that were known before, and of those that were found.</returns>
    public async Task<Numbers<long>> JoinAsync(LinkedUnits links, IEnumerable<string> users, CancellationToken cancellation)
    {
        var members = links.Count == 0 ? [] : users.Select(user => _numbers.ByText[user]).Where(links.Holds).Select(links.PersonOf).Distinct().SelectMany(links.UnitsOf).ToArray();
        if (members.Length == 0) return _numbers;
        var numbers = new Dictionary<string, long>(_numbers.ByText, StringComparer.Ordinal);
        await using (var batch = session.Connection.Batch(Sql("select user_id, unit from units where unit = any($1)", With(members))))
        {
            await using var rows = await batch.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                var (user, unit) = (rows.GetString(0), rows.GetInt64(1));
                numbers[user] = unit;
                _members[unit] = user;
            }
        }

        foreach (var user in _members.Values)
            if (!_recalled.ContainsKey(user)) Recall(user, Fingerprint.Of(user));
        return _numbers = new Numbers<long>(numbers, _numbers.Fresh);
    }

    /// <summary>Who a unit is of the persons that were joined.</summary>
    public string UserOf(long unit) => _members[unit];

    /// <summary>Reads what is needed and not remembered.</summary>
    /// <param name="stored">Reads units.</param>
    /// <param name="watermark">The last commit's number, read under the locks.</param>
    /// <param name="users">Whose rows count; so do those of the persons that were joined.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task LoadAsync(StoredUnits stored, long watermark, IEnumerable<string> users, CancellationToken cancellation)
    {
        (_stored, _watermark, _areCurrent) = (stored, watermark, session.KnownAt == watermark);
        if (!_areCurrent) session.Known.ForgetRows();
        if (_members.Count > 0) users = users.Concat(_members.Values).Distinct(StringComparer.Ordinal);
        var unknown = users.Where(user => RowsOf(user) is null).Select(user => _numbers.ByText[user]).Where(unit => !_numbers.Fresh.Contains(unit)).ToArray();
        _read = await stored.ReadAsync(unknown, cancellation);
    }

    public void Find(UnitWork unit)
    {
        unit.Unit = _numbers.ByText[unit.UserId];
        if (Remembered(unit.UserId) is { } known) (unit.Rows, unit.Tallies) = (known.Rows, known.Tallies);
    }

    public void Load(UnitWork work, Func<int, ViewDraft?> viewOf)
    {
        work.Rows ??= _read.GetValueOrDefault(work.Unit!.Value) ?? [];
        PackedRows.Load(work, session.TextOf, viewOf);
    }

    public void LoadEvents(UnitWork work)
    {
        // Lanes share the one connection.
        lock (_reading) PackedRows.LoadEvents(work, _stored!.Read(work.Unit!.Value), session.TextOf);
    }

    /// <summary>The transaction is on disk: remembers whom it named, with their rows if no other commit came between.</summary>
    /// <param name="work">The commit.</param>
    /// <param name="numbers">The numbers under which anything is stored.</param>
    /// <param name="result">What came of it.</param>
    public void Keep(CommitWork work, CommitNumbers numbers, CommitResult result)
    {
        var isNext = result.Before == _watermark;
        foreach (var (user, unit) in numbers.Units.ByText)
            if (_recalled[user] is (var fingerprint, null)) session.Known.Set(fingerprint, new KnownUnit(unit, null));
        if (isNext) KeepRows(work, numbers);
        else session.Known.ForgetRows();
        session.KnownAt = result.Watermark;
    }

    private void KeepRows(CommitWork work, CommitNumbers numbers)
    {
        foreach (var row in work.Exposures) Add(row.Unit, PackedRows.Of(row, 0, 0));
        foreach (var row in work.Events)
            if (row.IsUsed) Add(row.Unit, PackedRows.Of(row, 0, 0));
        foreach (var row in work.Covariates) Add(row.Unit, PackedRows.Of(row, 0));
        session.Known.Keep(work, unit => numbers.Units.ByText.ContainsKey(unit.UserId));
    }

    private static void Add(UnitWork unit, in PackedRow row) => RowPacking.Write(unit.NewRows, PackedRows.Measured(row));

    private byte[]? RowsOf(string user) => Remembered(user)?.Rows;

    /// <summary>Null where it does not hold any more, and where a person's unit is remembered by what its events come to by themselves.</summary>
    private KnownUnit? Remembered(string user) =>
        _areCurrent && _recalled[user].Known is { } known && (known.Tallies is null || (!IsWhole && !_members.ContainsKey(known.Unit))) ? known : null;

    private void Recall(string user, UInt128 fingerprint) => _recalled[user] = (fingerprint, session.Known.TryFind(fingerprint, out var found) ? found : null);
}
