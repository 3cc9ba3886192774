using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Which unit an id belongs to, and the row that has it.</summary>
internal sealed class IdRows(EventDatabase database)
{
    private readonly SortedRuns _runs = new(database, RunKind.Ids);
    private readonly RunBatch[] _added = Lanes.Each(() => new RunBatch());
    private readonly ArrayBufferWriter<byte> _found = new();

    // A batch that is sent again asks for many ids of a few units: each unit's rows are read once a commit.
    private readonly Dictionary<long, Dictionary<RowIdentity, PackedRow>> _read = [];

    /// <summary>Events before this time have gone, whether they are still there or not.</summary>
    public long Horizon { get; set; } = long.MinValue;

    /// <summary>Looks through a part of the fingerprints.</summary>
    public long? Sift(long? after, int chunks, Sift sift) => _runs.Sift(after, chunks, sift);

    public void Tidy() => _runs.Tidy();

    /// <summary>Whether some row may have an id, told without a look at the file. After <see cref="Prepare"/> it may be asked by several threads at once.</summary>
    public bool MayHold(long key) => _runs.MayHold(key);

    /// <summary>Reads which runs there are, if that is not known.</summary>
    public void Prepare() => _runs.Prepare();

    /// <summary>Whether a row's id is taken. Of the same row sent again no unit is read: beside each id stands what tells its row from others.</summary>
    /// <param name="identity">The id.</param>
    /// <param name="key">Its key.</param>
    /// <param name="sent">The row that was sent; null when none like it can be stored.</param>
    /// <param name="unit">Its unit; null when it is new.</param>
    /// <param name="rows">Where rows are.</param>
    /// <returns>A duplicate; or, where something else has the id, that row, to be compared. Neither when the id is new.</returns>
    public (ItemFate? Fate, (long Unit, PackedRow Row)? Row) Judge(RowIdentity identity, long key, in PackedRow? sent, long? unit, SortedRuns rows)
    {
        _found.ResetWrittenCount();
        _runs.Collect(key, _found);
        if (_found.WrittenCount == 0) return default;

        // Where rows have gone, what stands beside an id may be of one of them: only a row tells its time.
        IdEntry? own = Horizon == long.MinValue && sent is { } row && unit is { } number ? IdEntry.Of(row, number) : null;
        var owners = new List<long>();
        for (var place = 0; place < _found.WrittenCount;)
        {
            var entry = IdEntry.Read(_found.WrittenSpan, ref place);
            if (own is { } same && entry == same) return (ItemFate.Duplicate, null);
            owners.Add(entry.Unit);
        }

        foreach (var owner in owners)
            if (Identified(owner, rows).TryGetValue(identity, out var known)) return (null, (owner, known));
        return default;
    }

    /// <summary>Takes a row's id, to be written by <see cref="Save"/>; each lane has its own.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="row">A row; without an id nothing is added.</param>
    /// <param name="unit">Whose it is.</param>
    /// <param name="key">The key of its id, where it is known already.</param>
    public void Add(int lane, in PackedRow row, long unit, long? key)
    {
        if (RowIdentity.Of(row) is not { } identity) return;
        IdEntry.Of(row, unit).Write(_added[lane].Content);
        _added[lane].Add(key ?? identity.Key);
    }

    /// <summary>A lane has added all of its own.</summary>
    public void Sort(int lane) => _added[lane].Sort();

    /// <summary>Ids of a unit's rows are free again.</summary>
    public void Erase(long unit, IEnumerable<RowIdentity> identities) =>
        _runs.Erase([.. identities.Select(identity => identity.Key).Distinct()], entry => IdEntry.UnitOf(entry) == unit);

    /// <summary>Writes what was added.</summary>
    public void Save()
    {
        _runs.Append(_added);
        Clear();
    }

    /// <summary>The commit is over.</summary>
    public void Keep() => _read.Clear();

    /// <summary>The transaction was rolled back.</summary>
    public void Forget()
    {
        _read.Clear();
        Clear();
        _runs.Forget();
    }

    private void Clear()
    {
        foreach (var lane in _added) lane.Clear();
    }

    private Dictionary<RowIdentity, PackedRow> Identified(long unit, SortedRuns rows)
    {
        if (_read.TryGetValue(unit, out var known)) return known;
        known = [];
        _found.ResetWrittenCount();
        rows.Collect(unit, _found);
        for (var place = 0; place < _found.WrittenCount;)
        {
            var row = RowPacking.Read(_found.WrittenSpan, ref place);
            if (RowIdentity.Of(row) is { } identity && !(row.Kind == RowKind.Event && row.At < Horizon)) known[identity] = row;
        }

        _read.Add(unit, known);
        return known;
    }
}

/// <summary>What no two rows share.</summary>
/// <param name="Scope">An exposure's experiment; of an event the experiment whose namespace the id is in, 0 for the installation's.</param>
internal readonly record struct RowIdentity(RowKind Kind, int Scope, string? Id, Guid EventId)
{
    /// <summary>What it is sorted by among ids.</summary>
    public long Key => Kind == RowKind.Event ? Fingerprint.OfEvent(Scope, EventId) : Fingerprint.OfExposure(Scope, Id!);

    /// <summary>Null for a row without an id.</summary>
    public static RowIdentity? Of(in PackedRow row)
    {
        if (row.EventId is { } uuid) return new RowIdentity(RowKind.Event, row.Experiment, null, uuid);
        return row.Id is { } id ? new RowIdentity(RowKind.Exposure, row.Experiment, id, default) : null;
    }
}
