using System.Runtime.InteropServices;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Whom a commit names: what is remembered of each, and, where that is not enough, what is stored.</summary>
/// <remarks>
/// What is remembered holds as of the last commit that this process has made or seen. A commit reads the last number under the locks of its experiments: if it is
/// that one, nobody has added a row since that counts for them. If its own number is then the next, nobody has added any row meanwhile, and what it has read
/// and written is remembered in its turn. Numbers hold whenever they are looked up; rows are, when it is this commit's turn to measure.
/// </remarks>
internal sealed class CommitUnits(WriterSession session)
{
    /// <summary>Numbers of units begin above it.</summary>
    private const long NoNumber = 0;

    private readonly Dictionary<UInt128, int> _places = [];
    private readonly List<ClaimedUnit> _named = [];
    private readonly Dictionary<long, string> _members = [];
    private Dictionary<long, byte[]> _read = [];
    private readonly Lock _reading = new();
    private StoredUnits? _stored;
    private long _watermark;

    /// <summary>Whether every unit is to be measured from its rows, whatever its events are known to come to.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Numbers that the transaction gave, and that are still there: nothing can be stored under them yet.</summary>
    public IEnumerable<long> Fresh => _named.Where(unit => unit is { IsFresh: true, IsGone: false }).Select(unit => unit.Unit);

    /// <summary>An item names a unit.</summary>
    /// <param name="userId">Whom.</param>
    /// <param name="user">The fingerprint of it.</param>
    /// <param name="isMeasured">Whether its stored rows count.</param>
    /// <returns>Its place among the units.</returns>
    public int Name(string userId, UInt128 user, bool isMeasured = true)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, user, out var isNamed);
        if (!isNamed)
        {
            place = _named.Count;
            _named.Add(new ClaimedUnit(userId, user) { IsMeasured = isMeasured });
        }
        else if (isMeasured)
        {
            At(place).IsMeasured = true;
        }

        return place;
    }

    public int Name(string userId) => Name(userId, Fingerprint.Of(userId));

    /// <summary>Takes a number that was found otherwise.</summary>
    public void Know(string userId, long number) => At(Name(userId)).Unit = number;

    /// <summary>Numbers of the units, given where they have none.</summary>
    public async Task NumberAsync(CancellationToken cancellation)
    {
        if (Unnumbered() is not { Count: > 0 } unknown) return;
        var texts = unknown.ToArray();
        await using var batch = session.Connection.Batch(
            Sql("insert into units (user_id) select t from unnest($1) t where not exists (select 1 from units where user_id = t) order by t collate \"C\" on conflict do nothing returning unit, user_id", With(texts)),
            Sql("select unit, user_id from units where user_id = any($1)", With(texts)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) At(PlaceOf(rows.GetString(1))).IsFresh = true;
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) At(PlaceOf(rows.GetString(1))).Unit = rows.GetInt64(0);
    }

    public long NumberOf(UInt128 user) => At(_places[user]).Unit;

    /// <summary>Finds the other units of the persons that measured ones are of.</summary>
    public async Task JoinAsync(LinkedUnits links, CancellationToken cancellation)
    {
        var members = links.Count == 0
            ? []
            : _named.Where(unit => unit.IsMeasured).Select(unit => unit.Unit).Where(links.Holds).Select(links.PersonOf).Distinct().SelectMany(links.UnitsOf).ToArray();
        if (members.Length == 0) return;
        await using var batch = session.Connection.Batch(Sql("select user_id, unit from units where unit = any($1)", With(members)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var (user, number) = (rows.GetString(0), rows.GetInt64(1));
            ref var unit = ref At(Name(user));
            (unit.Unit, unit.IsMember) = (number, true);
            _members[number] = user;
        }
    }

    /// <summary>Who a unit is of the persons that were joined.</summary>
    public string UserOf(long unit) => _members[unit];

    /// <summary>Reads what is needed and not remembered.</summary>
    /// <param name="stored">Reads units.</param>
    /// <param name="watermark">The last commit's number, read under the locks.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task LoadAsync(StoredUnits stored, long watermark, CancellationToken cancellation)
    {
        (_stored, _watermark) = (stored, watermark);
        session.Memory.MakeRoom();
        if (session.Memory.KnownAt != watermark) session.Memory.ForgetRows();
        Lanes.Run(_named.Count, lane => Recall(session.Memory.Known, lane));
        _read = await stored.ReadAsync([.. _named.Where(unit => unit is { IsMeasured: true, IsFresh: false, Rows: null }).Select(unit => unit.Unit)], cancellation);
    }

    /// <summary>Tells a unit its number, and what is remembered of it.</summary>
    public void Find(UnitWork unit)
    {
        ref var named = ref At(_places[unit.Fingerprint]);
        (unit.Unit, unit.Rows, unit.Tallies) = (named.Unit, named.Rows, named.Tallies);
    }

    public void Load(UnitWork work, Func<int, ViewDraft?> viewOf)
    {
        work.Rows ??= _read.GetValueOrDefault(work.Unit!.Value) ?? [];
        PackedRows.Load(work, session.Memory.TextOf, viewOf);
    }

    public void LoadEvents(UnitWork work)
    {
        // Lanes share the one connection.
        lock (_reading) PackedRows.LoadEvents(work, _stored!.Read(work.Unit!.Value), session.Memory.TextOf);
    }

    /// <summary>Numbers that the transaction gave are no more.</summary>
    public void Lose(IReadOnlySet<long> numbers)
    {
        foreach (ref var unit in CollectionsMarshal.AsSpan(_named)) unit.IsGone = numbers.Contains(unit.Unit);
    }

    /// <summary>The transaction is on disk: remembers whom it named, with their rows if no other commit came between.</summary>
    /// <param name="work">The commit.</param>
    /// <param name="result">What came of it.</param>
    public void Keep(CommitWork work, CommitResult result)
    {
        var known = session.Memory.Known;
        var isCurrent = result.Before == _watermark;
        Lanes.Run(_named.Count, lane =>
        {
            KeepNumbers(known, lane);
            if (isCurrent) Pack(work, lane);
        });
        if (isCurrent) known.Keep(work, unit => unit.IsLoaded && !At(_places[unit.Fingerprint]).IsGone);
        else known.ForgetRows();
    }

    private void KeepNumbers(KnownLanes known, int lane)
    {
        foreach (ref var unit in CollectionsMarshal.AsSpan(_named))
            if (Lanes.Of(unit.User) == lane && !unit.IsGone && !known.TryFindNumber(unit.User, out _)) known.Set(unit.User, new KnownUnit(unit.Unit, null));
    }

    /// <summary>Puts the new rows of a lane's units behind those that were stored.</summary>
    private static void Pack(CommitWork work, int lane)
    {
        foreach (var row in work.Exposures)
            if (Is(row.Unit)) Add(row.Unit, PackedRows.Of(row, 0, 0));
        foreach (var row in work.Events)
            if (row.IsUsed && Is(row.Unit)) Add(row.Unit, PackedRows.Of(row, 0, 0));
        foreach (var row in work.Covariates)
            if (Is(row.Unit)) Add(row.Unit, PackedRows.Of(row, 0));

        bool Is(UnitWork unit) => Lanes.Of(unit.Fingerprint) == lane;

        static void Add(UnitWork unit, in PackedRow row) => RowPacking.Write(unit.NewRows, PackedRows.Measured(row));
    }

    /// <summary>What is remembered of a lane's units, as far as it is enough.</summary>
    private void Recall(KnownLanes known, int lane)
    {
        foreach (ref var unit in CollectionsMarshal.AsSpan(_named))
            if (Lanes.Of(unit.User) == lane && unit is { IsMeasured: true, IsFresh: false }
                && known.TryFind(unit.User, out var found) && (found.Tallies is null || !(IsWhole || unit.IsMember))) (unit.Rows, unit.Tallies) = (found.Rows, found.Tallies);
    }

    /// <returns>Those whose numbers are not remembered.</returns>
    private List<string> Unnumbered()
    {
        var unknown = new List<string>();
        lock (session.Memory.Lock)
        {
            foreach (ref var unit in CollectionsMarshal.AsSpan(_named))
            {
                if (unit.Unit != NoNumber) continue;
                if (session.Memory.Known.TryFindNumber(unit.User, out var number)) unit.Unit = number;
                else unknown.Add(unit.UserId);
            }
        }

        return unknown;
    }

    private int PlaceOf(string userId) => _places[Fingerprint.Of(userId)];

    private ref ClaimedUnit At(int place) => ref CollectionsMarshal.AsSpan(_named)[place];

    /// <param name="UserId">Whom.</param>
    /// <param name="User">The fingerprint of it.</param>
    private record struct ClaimedUnit(string UserId, UInt128 User)
    {
        public long Unit { get; set; }

        /// <summary>What is remembered of it and holds.</summary>
        public byte[]? Rows { get; set; }

        /// <summary>What is remembered of its events.</summary>
        public byte[]? Tallies { get; set; }

        public bool IsMeasured { get; set; }

        /// <summary>Whether the transaction gave it its number.</summary>
        public bool IsFresh { get; set; }

        public bool IsGone { get; set; }

        /// <summary>Whether it is one of several of a person.</summary>
        public bool IsMember { get; set; }
    }
}
