using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Runs and their chunks in SQL.</summary>
internal sealed class RunTable(EventDatabase database)
{
    /// <summary>Runs of a kind, oldest first, each with its filter as far as there is one.</summary>
    public List<Run> Load(RunKind kind)
    {
        var runs = new List<Run>();
        var into = new List<(Run From, long Into)>();
        var rows = database.Prepare(
            "select r.run, r.entries, r.into_run, r.is_growing, f.bits from runs r left join run_filters f on f.run = r.run where r.kind = ? order by r.run").Bind(1, (long)kind);
        while (rows.Step())
        {
            var run = new Run(rows.Int64(0), rows.Int64(1)) { IsGrowing = rows.Int64(3) != 0, Filter = rows.IsNull(4) ? null : Filter.Read(rows.Blob(4)) };
            if (run is { IsGrowing: false, Filter: null }) throw new DamagedStorageException($"Run {run.Number} has no filter.");
            if (rows.Int64OrNull(2) is { } target) into.Add((run, target));
            runs.Add(run);
        }

        rows.Reset();
        foreach (var (from, target) in into) from.Into = runs.Find(run => run.Number == target) ?? throw new DamagedStorageException($"Run {target} is not there.");
        return runs;
    }

    public Run Add(RunKind kind, Filter filter, bool isGrowing)
    {
        database.Prepare("insert into runs (kind, entries, is_growing) values (?, 0, ?)").Bind(1, (long)kind).Bind(2, isGrowing ? 1 : 0).Run();
        return new Run(database.LastNumber, 0) { Filter = filter, IsGrowing = isGrowing };
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
        database.Prepare("insert into run_filters (run, bits) values (?, ?)").Bind(1, run.Number).Bind(2, run.Filter!.Write()).Run();
    }

    /// <summary>Removes a run whose entries have all gone elsewhere.</summary>
    public void Remove(Run run)
    {
        database.Prepare("delete from run_filters where run = ?").Bind(1, run.Number).Run();
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
    public int Erase(Run run, long key, byte[]? content)
    {
        var chunks = new List<(long First, long Part, byte[] Data)>();
        var rows = database.Prepare("select first, part, data from run_chunks where run = ? and first <= ? order by first desc, part desc").Bind(1, run.Number).Bind(2, key);
        while (rows.Step())
        {
            chunks.Add((rows.Int64(0), rows.Int64(1), rows.Blob(2).ToArray()));
            if (chunks[^1].First < key) break;
        }

        rows.Reset();
        return chunks.Sum(chunk => Erase(run, chunk, key, content));
    }

    /// <summary>So many entries of a run are gone: what is known of it tells of those that are left.</summary>
    public void Shrink(Run run, long gone)
    {
        run.Entries = Math.Max(0, run.Entries - gone);
        SaveEntries(run);
        if (run.IsGrowing) return;
        Refill(run, Filter.For(run.Entries));
        database.Prepare("update run_filters set bits = ? where run = ?").Bind(1, run.Filter!.Write()).Bind(2, run.Number).Run();
    }

    private int Erase(Run run, (long First, long Part, byte[] Data) chunk, long key, byte[]? content)
    {
        var (writer, reader, gone) = (new ChunkWriter(), new ChunkReader(chunk.First), 0);
        while (reader.Read(chunk.Data))
        {
            var entry = reader.Content(chunk.Data);
            if (reader.Key == key && (content is null || entry.SequenceEqual(content))) gone++;
            else if (!writer.TryAdd(reader.Key, entry)) throw new DamagedStorageException("A chunk holds more than it can.");
        }

        if (gone == 0) return 0;
        RemoveChunk(run.Number, chunk.First, chunk.Part);
        if (writer.Length > 0) AddChunk(run.Number, writer.First, chunk.Part, writer.Bytes);
        return gone;
    }

    /// <summary>Rebuilds what is known of a run that was growing when the process ended.</summary>
    public void Refill(Run run, Filter filter)
    {
        var rows = database.Prepare("select first, data from run_chunks where run = ?").Bind(1, run.Number);
        while (rows.Step())
        {
            var reader = new ChunkReader(rows.Int64(0));
            var data = rows.Blob(1);
            while (reader.Read(data)) filter.Add(reader.Key);
        }

        rows.Reset();
        run.Filter = filter;
    }
}
