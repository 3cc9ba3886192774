using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>
/// One pass over all that is stored, a part with each step and commits between the steps: rows that have gone are taken out, then units that have nothing left, then ids and
/// fingerprints of what is no more. It is told of every row that a commit adds meanwhile. What it knows is in memory only: after an interruption a new one begins at the beginning,
/// and finds done what was done.
/// </summary>
internal sealed class RetentionSweep
{
    /// <summary>Chunks of the largest run in one part: some 150,000 rows.</summary>
    private const int Chunks = 1_000;

    private const int UnitsAtOnce = 25_000;

    private readonly EventDatabase _database;
    private readonly GoneRows _gone;
    private readonly UnitSet _alive = new();
    private readonly Filter _ids;
    private readonly long[] _counts = new long[3];
    private Stage _stage = Stage.Rows;
    private long? _place;

    public RetentionSweep(EventDatabase database, long watermark)
    {
        _database = database;
        Watermark = watermark;
        _gone = GoneRows.Of(database);

        // Those that commits add meanwhile make a few more be taken for one that is there: such an id stays until the next time, and nobody finds a row by it.
        _ids = Filter.For(2 * database.Number($"select ifnull(sum(entries), 0) from runs where kind = {(int)RunKind.Ids}"));
    }

    private enum Stage
    {
        Rows,
        Units,
        Ids,
        Users,
        Tidy,
        Done,
    }

    /// <summary>The commit that moved the horizon.</summary>
    public long Watermark { get; }

    public bool IsDone => _stage == Stage.Done;

    /// <summary>Rows removed.</summary>
    public RowCounts Removed => new(_counts[(int)RowKind.Exposure], _counts[(int)RowKind.Event], _counts[(int)RowKind.Covariate]);

    /// <summary>Units removed.</summary>
    public long Units { get; private set; }

    /// <summary>A unit was numbered.</summary>
    public void Saw(long unit) => _alive.Add(unit);

    /// <summary>A row was added.</summary>
    public void Saw(long unit, in PackedRow row)
    {
        _alive.Add(unit);
        if (RowIdentity.Of(row) is { } identity) _ids.Add(identity.Key);
    }

    /// <summary>Does the next part, inside a transaction.</summary>
    public void Step(SortedRuns rows, UnitDirectory units, IdRows ids, KnownLanes known)
    {
        switch (_stage)
        {
            case Stage.Rows:
                GoOn(rows.Sift(_place, Chunks, SiftRows));
                break;
            case Stage.Units:
                GoOn(RemoveUnits(_place ?? 0, known));
                break;
            case Stage.Ids:
                GoOn(ids.Sift(_place, Chunks, SiftIds));
                break;
            case Stage.Users:
                GoOn(units.Sift(_place, Chunks, SiftUsers));
                break;
            default:
                rows.Tidy();
                ids.Tidy();
                units.Tidy();
                GoOn(null);
                break;
        }
    }

    private void GoOn(long? place)
    {
        _place = place;
        if (place is null) _stage++;
    }

    private void SiftRows(long unit, ReadOnlySpan<byte> content, IBufferWriter<byte> kept)
    {
        for (int place = 0, start = 0; place < content.Length; start = place)
        {
            var row = RowPacking.Read(content, ref place);
            if (_gone.Holds(row))
            {
                _counts[(int)row.Kind]++;
                continue;
            }

            Saw(unit, row);
            kept.Write(content[start..place]);
        }
    }

    private void SiftIds(long key, ReadOnlySpan<byte> content, IBufferWriter<byte> kept)
    {
        if (_ids.MayHold(key) && _alive.Contains(IdEntry.UnitOf(content))) kept.Write(content);
    }

    private void SiftUsers(long key, ReadOnlySpan<byte> content, IBufferWriter<byte> kept)
    {
        var place = 0;
        if (_alive.Contains((long)Varint.Read(content, ref place))) kept.Write(content);
    }

    /// <summary>Removes units that have neither a row, nor an exclusion nor a link in force.</summary>
    /// <returns>The last unit looked at; null when it was the last.</returns>
    private long? RemoveUnits(long after, KnownLanes known)
    {
        var units = new List<(long Number, string UserId)>();
        var found = _database.Prepare("select unit, user_id from units where unit > ? order by unit limit ?").Bind(1, after).Bind(2, (long)UnitsAtOnce);
        while (found.Step()) units.Add((found.Int64(0), found.Text(1)));
        found.Reset();
        foreach (var (unit, user) in units)
        {
            if (_alive.Contains(unit)) continue;
            if (IsNamed(unit))
            {
                _alive.Add(unit);
                continue;
            }

            _database.Prepare("delete from exclusions where unit = ?").Bind(1, unit).Run();
            _database.Prepare("delete from identity_links where unit = ?1 or into_unit = ?1").Bind(1, unit).Run();
            _database.Prepare("delete from units where unit = ?").Bind(1, unit).Run();
            known.Forget(Fingerprint.Of(user));
            Units++;
        }

        return units.Count < UnitsAtOnce ? null : units[^1].Number;
    }

    /// <summary>Whether an exclusion or a link in force names the unit.</summary>
    private bool IsNamed(long unit)
    {
        var named = _database.Prepare(
            """
            select exists (select 1 from exclusions where unit = ?1 and lifted_at is null)
              or exists (select 1 from identity_links where unit = ?1 and lifted_by is null) or exists (select 1 from identity_links where into_unit = ?1 and lifted_by is null)
            """).Bind(1, unit);
        named.Step();
        var found = named.Int64(0) != 0;
        named.Reset();
        return found;
    }
}
