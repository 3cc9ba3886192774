using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Runs and their chunks in SQL.</summary>
internal sealed class RunTable(EventDatabase database)
{
    private readonly StretchTable _stretches = new(database);

    /// <summary>Runs of a kind, oldest first, each with its filter as far as it is stored.</summary>
    public List<Run> Load(RunKind kind)
    {
        var runs = new List<Run>();
        var into = new List<(Run From, long Into)>();
        var rows = database.Prepare(
            "select run, entries, into_run, is_growing from runs where kind = ? order by run").Bind(1, (long)kind);
        while (rows.Step())
        {
            var run = new Run(rows.Int64(0), rows.Int64(1)) { IsGrowing = rows.Int64(3) != 0 };
            if (rows.Int64OrNull(2) is { } target) into.Add((run, target));
            runs.Add(run);
        }

        rows.Reset();
        foreach (var (from, target) in into) from.Into = runs.Find(run => run.Number == target) ?? throw new DamagedStorageException($"Run {target} is not there.");
        _stretches.Load(runs);
        return runs;
    }

    /// <param name="kind">What it holds.</param>
    /// <param name="expected">Entries in the end.</param>
    /// <param name="isGrowing">Whether it takes over others' entries.</param>
    public Run Add(RunKind kind, long expected, bool isGrowing)
    {
        database.Prepare("insert into runs (kind, entries, is_growing) values (?, 0, ?)").Bind(1, (long)kind).Bind(2, isGrowing ? 1 : 0).Run();
        return new Run(database.LastNumber, 0) { Expected = expected, IsGrowing = isGrowing };
    }

    /// <summary>Begins to move a run's entries into another.</summary>
    public void Pour(Run from, Run into)
    {
        from.Into = into;
        database.Prepare("update runs set into_run = ? where run = ?").Bind(1, into.Number).Bind(2, from.Number).Run();
    }

    public void SaveEntries(Run run) => database.Prepare("update runs set entries = ? where run = ?").Bind(1, run.Entries).Bind(2, run.Number).Run();

    /// <summary>A run has all its entries.</summary>
    public void Close(Run run)
    {
        run.IsGrowing = false;
        database.Prepare("update runs set entries = ?, is_growing = 0 where run = ?").Bind(1, run.Entries).Bind(2, run.Number).Run();
        if (run.Filter.Complete() is { } last) AddStretch(run, last);
    }

    /// <summary>Removes a run whose entries have all gone elsewhere.</summary>
    public void Remove(Run run)
    {
        _stretches.Remove(run);
        database.Prepare("delete from runs where run = ?").Bind(1, run.Number).Run();
    }

    public void AddChunk(long run, long first, long part, ReadOnlySpan<byte> data) =>
        database.Prepare("insert into run_chunks (run, first, part, data) values (?, ?, ?, ?)").Bind(1, run).Bind(2, first).Bind(3, part).Bind(4, data).Run();

    public void RemoveChunk(long run, long first, long part) =>
        database.Prepare("delete from run_chunks where run = ? and first = ? and part = ?").Bind(1, run).Bind(2, first).Bind(3, part).Run();

    /// <summary>The place after a run's last chunk.</summary>
    public long NextPart(Run run)
    {
        var row = database.Prepare("select ifnull(max(part) + 1, 0) from run_chunks where run = ?").Bind(1, run.Number);
        row.Step();
        var part = row.Int64(0);
        row.Reset();
        return part;
    }

    /// <summary>A run's first chunk that is left; false when none is.</summary>
    public bool TryReadFirst(Run run, out (long First, long Part, byte[] Data) chunk)
    {
        var row = database.Prepare("select first, part, data from run_chunks where run = ? order by first, part limit 1").Bind(1, run.Number);
        var found = row.Step();
        chunk = found ? (row.Int64(0), row.Int64(1), row.Blob(2).ToArray()) : default;
        row.Reset();
        return found;
    }

    /// <summary>Copies out the contents of a key's entries in one run.</summary>
    public void Collect(Run run, long key, IBufferWriter<byte> into)
    {
        // The last chunk that begins before the key can end with it; every chunk that begins with it holds some.
        var rows = database.Prepare("select first, data from run_chunks where run = ? and first <= ? order by first desc, part desc").Bind(1, run.Number).Bind(2, key);
        while (rows.Step())
        {
            var first = rows.Int64(0);
            var data = rows.Blob(1);
            var reader = new ChunkReader(first);
            while (reader.Read(data) && reader.Key <= key)
                if (reader.Key == key) into.Write(reader.Content(data));
            if (first < key) break;
        }

        rows.Reset();
    }

    /// <summary>Takes a key's entries out of the chunks of one run.</summary>
    /// <returns>Entries taken out.</returns>
    public int Erase(Run run, long key, EntryMatch isMeant)
    {
        var chunks = new List<(long First, long Part, byte[] Data)>();
        var rows = database.Prepare("select first, part, data from run_chunks where run = ? and first <= ? order by first desc, part desc").Bind(1, run.Number).Bind(2, key);
        while (rows.Step())
        {
            chunks.Add((rows.Int64(0), rows.Int64(1), rows.Blob(2).ToArray()));
            if (chunks[^1].First < key) break;
        }

        rows.Reset();
        return chunks.Sum(chunk => Erase(run, chunk, key, isMeant));
    }

    public void AddStretch(Run run, Stretch stretch) => _stretches.Add(run, stretch);

    /// <summary>Goes on with a run that was growing when the process ended.</summary>
    public void Resume(Run run) => _stretches.Resume(run);

    /// <summary>So many entries of a run are gone, all of these keys.</summary>
    public void Shrink(Run run, long gone, IEnumerable<long> keys)
    {
        run.Entries = Math.Max(0, run.Entries - gone);
        SaveEntries(run);
        _stretches.Shrink(run, keys);
    }

    private int Erase(Run run, (long First, long Part, byte[] Data) chunk, long key, EntryMatch isMeant)
    {
        var (writer, reader, gone) = (new ChunkWriter(), new ChunkReader(chunk.First), 0);
        while (reader.Read(chunk.Data))
        {
            var entry = reader.Content(chunk.Data);
            if (reader.Key == key && isMeant(entry)) gone++;
            else if (!writer.TryAdd(reader.Key, entry)) throw new DamagedStorageException("A chunk holds more than it can.");
        }

        if (gone == 0) return 0;
        RemoveChunk(run.Number, chunk.First, chunk.Part);
        if (writer.Length > 0) AddChunk(run.Number, writer.First, chunk.Part, writer.Bytes);
        return gone;
    }
}
