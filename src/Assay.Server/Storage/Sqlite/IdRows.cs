using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Which unit an id belongs to, and the row that has it.</summary>
internal sealed class IdRows(EventDatabase database)
{
    private readonly SortedRuns _runs = new(database, RunKind.Ids);
    private readonly RunBatch _added = new();
    private readonly ArrayBufferWriter<byte> _found = new();

    // A batch that is sent again asks for many ids of a few units: each unit's rows are read once a commit.
    private readonly Dictionary<long, Dictionary<RowIdentity, PackedRow>> _read = [];

    /// <summary>Events before this time have gone, whether they are still there or not.</summary>
    public long Horizon { get; set; } = long.MinValue;

    /// <summary>Looks through a part of the fingerprints.</summary>
    public long? Sift(long? after, int chunks, Sift sift) => _runs.Sift(after, chunks, sift);

    public void Tidy() => _runs.Tidy();

    /// <summary>The row of an id; null when the id is new.</summary>
    public (long Unit, PackedRow Row)? Find(RowIdentity identity, SortedRuns rows)
    {
        _found.ResetWrittenCount();
        _runs.Collect(identity.Key, _found);
        if (_found.WrittenCount == 0) return null;
        var units = new List<long>();
        for (var place = 0; place < _found.WrittenCount;) units.Add((long)Varint.Read(_found.WrittenSpan, ref place));
        foreach (var unit in units)
            if (Identified(unit, rows).TryGetValue(identity, out var row)) return (unit, row);
        return null;
    }

    public void Add(in PackedRow row, long unit)
    {
        if (RowIdentity.Of(row) is not { } identity) return;
        Varint.Write(_added.Content, (ulong)unit);
        _added.Add(identity.Key);
    }

    /// <summary>Ids of a unit's rows are free again.</summary>
    public void Erase(long unit, IEnumerable<RowIdentity> identities)
    {
        var content = UnitDirectory.NumberOf(unit);
        _runs.Erase([.. identities.Select(identity => identity.Key).Distinct().Select(key => (key, (byte[]?)content))]);
    }

    /// <summary>Writes what was added.</summary>
    public void Save()
    {
        _runs.Append(_added);
        _added.Clear();
    }

    /// <summary>The commit is over.</summary>
    public void Keep() => _read.Clear();

    /// <summary>The transaction was rolled back.</summary>
    public void Forget()
    {
        _read.Clear();
        _added.Clear();
        _runs.Forget();
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
