using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Exposures, events and covariates of units, in sorted runs by unit and by id.</summary>
internal sealed partial class EventRows(EventDatabase database, NameDirectory names, UnitMemory memory, bool keepsEventIds) : IStoredRows
{
    private readonly UnitDirectory _units = new(database);
    private readonly KnownLanes _known = new(memory);
    private readonly Lock _reading = new();
    private readonly SortedRuns _rows = new(database, RunKind.Rows);
    private readonly IdRows _ids = new(database);
    private readonly RunBatch _packed = new();
    private readonly ArrayBufferWriter<byte> _found = new();
    private readonly ArrayBufferWriter<byte> _kept = new();

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
        PackedRows.Load(work, names.Text, viewOf);
    }

    public void LoadEvents(UnitWork work, Drafts drafts) => PackedRows.LoadEvents(work, ReadRows(work.Unit!.Value, drafts), names.Text);

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
        var item = 0;
        foreach (var row in work.Exposures) Add(row.Unit, PackedRows.Of(row, batch, item++), isMeasured: true);
        foreach (var row in work.Events) Add(row.Unit, PackedRows.Of(row, batch, item++, keepsEventIds), row.IsUsed, row.Scope is null ? row.Item.Stored?.Key : null);
        foreach (var row in work.Covariates) Add(row.Unit, PackedRows.Of(row, batch), isMeasured: true);
    }

    /// <summary>Writes what was taken.</summary>
    public void Save()
    {
        _units.Save();
        _rows.Append(_packed);
        _packed.Clear();
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

    /// <summary>The transaction is on disk.</summary>
    public void Keep(CommitWork work)
    {
        _units.Keep();
        _ids.Keep();
        _known.Keep(work);
    }

    /// <summary>What is needed of a unit is not what it was: an experiment was opened, or a unit is no more.</summary>
    public void ForgetKnown() => _known.Clear();

    /// <summary>The transaction was rolled back, or has changed what was written before: what is stored is read again.</summary>
    public void Forget()
    {
        _units.Forget();
        _rows.Forget();
        _ids.Forget();
        _packed.Clear();
    }

    private void Add(UnitWork unit, in PackedRow row, bool isMeasured, long? key = null)
    {
        RowPacking.Write(_packed.Content, row);
        _packed.Add(unit.Unit!.Value);
        _ids.Add(row, unit.Unit.Value, key);
        _sweep?.Saw(unit.Unit.Value, row);
        if (isMeasured && (unit.IsLoaded || unit.IsNeeded)) RowPacking.Write(unit.NewRows, PackedRows.Measured(row));
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
