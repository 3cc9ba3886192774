using System.Buffers;
using System.Runtime.InteropServices;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Exposures, events and covariates of units, in sorted runs by unit and by id.</summary>
internal sealed partial class EventRows(EventDatabase database, NameDirectory names, UnitMemory memory, bool keepsEventIds) : IStoredRows
{
    private readonly UnitDirectory _units = new(database);
    private readonly KnownLanes _known = new(memory);
    private readonly Func<int, string> _textOf = names.Text;
    private readonly Lock _reading = new();
    private readonly SortedRuns _rows = new(database, RunKind.Rows);
    private readonly IdRows _ids = new(database);
    private readonly RunBatch[] _packed = Lanes.Each(() => new RunBatch());
    private readonly ArrayBufferWriter<byte> _found = new();
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>A commit begins: what lanes may ask is there.</summary>
    public void Begin() => _ids.Prepare();

    public void Recall(UnitWork unit) => _known.Recall(unit);

    public void Find(UnitWork unit) => unit.Unit = _units.Find(unit.UserId, unit.Fingerprint);

    public void Add(UnitWork unit)
    {
        unit.Unit = _units.Add(unit.UserId, unit.Fingerprint);
        _sweep?.Saw(unit.Unit.Value);
    }

    public string UserOf(long unit) => _units.UserOf(unit) ?? throw new DamagedStorageException($"The unit {unit} is not there.");

    public int NumberOf(string name) => names.Resolve(name);

    public void Saw(int name, long at) => names.Saw(name, at);

    /// <summary>Reads a unit's rows; events only of names that some experiment uses.</summary>
    public void Load(UnitWork work, Drafts drafts, Func<int, ViewDraft?> viewOf)
    {
        work.Rows ??= ReadRows(work.Unit!.Value, drafts);
        PackedRows.Load(work, _textOf, viewOf);
    }

    public void LoadEvents(UnitWork work, Drafts drafts) => PackedRows.LoadEvents(work, ReadRows(work.Unit!.Value, drafts), _textOf);

    public bool MayHold(EventItem item) => item.Stored is { } id && (item.Scope is not null || _ids.MayHold(id.Key));

    public ItemFate? JudgeEvent(int? scope, Guid id, EventItem item, UnitWork unit)
    {
        PackedRow? sent = names.TryFind(item.Name) is { } name ? PackedRows.Of(item, id, scope, name) : null;
        var identity = new RowIdentity(RowKind.Event, scope ?? 0, null, id);
        var (fate, row) = _ids.Judge(identity, scope is null ? item.Stored!.Value.Key : identity.Key, sent, unit.Unit, _rows);
        return fate ?? (row is var (owner, known) ? new EventContent(_units.UserOf(owner)!, names.Text(known.Name), known.Value, known.ClientAt, known.Json).Judge(item) : null);
    }

    public ItemFate? JudgeExposure(int experiment, ExposureItem item, UnitWork unit)
    {
        var identity = new RowIdentity(RowKind.Exposure, experiment, item.Id, default);
        var (fate, row) = _ids.Judge(identity, identity.Key, PackedRows.Of(item, experiment), unit.Unit, _rows);
        return fate ?? (row is var (owner, known) ? new ExposureContent(_units.UserOf(owner)!, known.Variation, known.ClientAt, known.Json).Judge(item) : null);
    }

    /// <summary>Takes a commit's rows, before its units are measured: what is stored is still without them.</summary>
    public void Take(CommitWork work, long batch)
    {
        Lanes.Run(work.UnitCount, lane =>
        {
            Take(work, batch, lane);
            _packed[lane].Sort();
            _ids.Sort(lane);
        });
    }

    /// <summary>Writes what was taken.</summary>
    public void Save()
    {
        _units.Save();
        _rows.Append(_packed);
        ForgetTaken();
        _ids.Save();
    }

    /// <summary>Removes all that is stored of a unit. When the transaction is over, <see cref="ForgetKnown"/> and <see cref="Forget"/>.</summary>
    public ErasedRows Erase(UnitWork work)
    {
        var unit = work.Unit!.Value;
        var (counts, identities) = (new long[3], new List<RowIdentity>());
        _found.ResetWrittenCount();
        _rows.Collect(unit, _found);
        for (var place = 0; place < _found.WrittenCount;)
        {
            var row = RowPacking.Read(_found.WrittenSpan, ref place);
            counts[(int)row.Kind]++;
            if (RowIdentity.Of(row) is { } identity) identities.Add(identity);
        }

        _ids.Erase(unit, identities);
        _rows.Erase([unit], static _ => true);
        _units.Erase(unit, work.Fingerprint);
        return new ErasedRows(counts[(int)RowKind.Exposure], counts[(int)RowKind.Event], counts[(int)RowKind.Covariate]);
    }

    /// <summary>Remembers what the units of a commit have come to; unless it gets on disk, <see cref="ForgetKnown"/>.</summary>
    public void Remember(CommitWork work) => _known.Keep(work);

    /// <summary>The transaction is on disk.</summary>
    public void Keep()
    {
        _units.Keep();
        _ids.Keep();
    }

    /// <summary>What is needed of a unit is not what it was: an experiment was opened, or a unit is no more.</summary>
    public void ForgetKnown() => _known.Clear();

    /// <summary>The transaction was rolled back, or has changed what was written before: what is stored is read again.</summary>
    public void Forget()
    {
        _units.Forget();
        _rows.Forget();
        _ids.Forget();
        ForgetTaken();
    }

    private void ForgetTaken()
    {
        foreach (var lane in _packed) lane.Clear();
    }

    private void Take(CommitWork work, long batch, int lane)
    {
        var item = 0;
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(work.Exposures))
        {
            if (Lanes.Of(row.Item.User) == lane) Add(lane, row.Unit, PackedRows.Of(row, batch, item), isMeasured: true);
            item++;
        }

        foreach (ref readonly var row in CollectionsMarshal.AsSpan(work.Events))
        {
            if (Lanes.Of(row.Item.User) == lane) Add(lane, row.Unit, PackedRows.Of(row, batch, item, keepsEventIds), row.IsUsed, row.Scope is null ? row.Item.Stored?.Key : null);
            item++;
        }

        foreach (var row in work.Covariates)
            if (Lanes.Of(row.Unit.Fingerprint) == lane) Add(lane, row.Unit, PackedRows.Of(row, batch), isMeasured: true);
    }

    private void Add(int lane, UnitWork unit, in PackedRow row, bool isMeasured, long? key = null)
    {
        RowPacking.Write(_packed[lane].Content, row);
        _packed[lane].Add(unit.Unit!.Value);
        _ids.Add(lane, row, unit.Unit.Value, key);
        if (isMeasured && (unit.IsLoaded || unit.IsNeeded)) RowPacking.Write(unit.NewRows, PackedRows.Measured(row));
        if (_sweep is not { } sweep) return;
        lock (sweep) sweep.Saw(unit.Unit.Value, row);
    }

    /// <summary>A unit's rows out of the runs, without what a measure has no use for.</summary>
    private byte[] ReadRows(long unit, Drafts drafts)
    {
        using var _ = _reading.EnterScope();
        _found.ResetWrittenCount();
        _kept.ResetWrittenCount();
        _rows.Collect(unit, _found);
        for (var place = 0; place < _found.WrittenCount;)
        {
            var row = RowPacking.Read(_found.WrittenSpan, ref place);
            if (row.Kind != RowKind.Event || drafts.IsUsed(names.Text(row.Name))) RowPacking.Write(_kept, PackedRows.Measured(row));
        }

        return _kept.WrittenSpan.ToArray();
    }
}
