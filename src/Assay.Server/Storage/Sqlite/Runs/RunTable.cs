using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Runs and their chunks in SQL.</summary>
internal sealed class RunTable(EventDatabase database)
{
    private const int BitsOfAPart = 24;

    private readonly StretchTable _stretches = new(database);

    /// <summary>Runs of a kind, oldest first, each with its index as far as it is stored.</summary>
    public List<Run> Load(RunKind kind)
    {
        var runs = new List<Run>();
        var into = new List<(Run From, long Into)>();
        var rows = database.Prepare("select run, entries, into_run, is_growing from runs where kind = ? order by run").Bind(1, (long)kind);
        while (rows.Step())
        {
            var run = new Run(rows.Int64(0), rows.Int64(1)) { IsGrowing = rows.Int64(3) != 0 };
            if (rows.Int64OrNull(2) is { } target) into.Add((run, target));
            runs.Add(run);
        }

        rows.Reset();
        foreach (var (from, target) in into) from.Into = runs.Find(run => run.Number == target) ?? throw new DamagedStorageException($"Run {target} is not there.");
        foreach (var run in runs) _stretches.Load(run);
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
        EndStretch(run);
    }

    /// <summary>What has been written since the last stretch is one.</summary>
    public void EndStretch(Run run)
    {
        if (run.Index.Complete() is { } stretch) _stretches.Save(run, stretch);
    }

    /// <summary>Removes a run whose entries have all gone elsewhere.</summary>
    public void Remove(Run run)
    {
        _stretches.Remove(run);
        database.Prepare("delete from runs where run = ?").Bind(1, run.Number).Run();
    }

    public void AddChunk(Run run, int part, ReadOnlySpan<byte> data) =>
        database.Prepare("insert into run_chunks (chunk, data) values (?, ?)").Bind(1, Place(run.Number, part)).Bind(2, data).Run();

    public void ReplaceChunk(Run run, int part, ReadOnlySpan<byte> data) =>
        database.Prepare("update run_chunks set data = ? where chunk = ?").Bind(1, data).Bind(2, Place(run.Number, part)).Run();

    public void RemoveChunk(Run run, int part) => database.Prepare("delete from run_chunks where chunk = ?").Bind(1, Place(run.Number, part)).Run();

    /// <summary>A run's first chunk that is left; false when none is.</summary>
    public bool TryReadFirst(Run run, out (int Part, byte[] Data) chunk)
    {
        var row = ChunksFrom(database.Prepare(Chunks), run.Number, 0);
        var found = row.Step();
        chunk = found ? ((int)(row.Int64(0) - Place(run.Number, 0)), row.Blob(1).ToArray()) : default;
        row.Reset();
        return found;
    }

    /// <summary>Copies out the contents of a key's entries in one run.</summary>
    public void Collect(Run run, long key, IBufferWriter<byte> into)
    {
        if (key < run.From) return;
        var parts = run.Index.Find(key);
        for (var part = parts.Start.Value; part < parts.End.Value; part++)
        {
            var row = database.Prepare("select data from run_chunks where chunk = ?").Bind(1, Place(run.Number, part));
            if (row.Step())
            {
                var data = row.Blob(0);
                var reader = new ChunkReader();
                while (reader.Read(data) && reader.Key <= key)
                    if (reader.Key == key) into.Write(reader.Content(data));
            }

            row.Reset();
        }
    }

    /// <summary>A chunk; empty where it is no more.</summary>
    public byte[] ReadChunk(Run run, int part)
    {
        var row = database.Prepare("select data from run_chunks where chunk = ?").Bind(1, Place(run.Number, part));
        var data = row.Step() ? row.Blob(0).ToArray() : [];
        row.Reset();
        return data;
    }

    /// <summary>Writes what is left of a chunk.</summary>
    public void PutChunk(Run run, int part, ChunkWriter left)
    {
        if (left.Length > 0) ReplaceChunk(run, part, left.Bytes);
        else RemoveChunk(run, part);
    }

    /// <summary>Takes entries out of one run.</summary>
    public void Erase(Run run, IReadOnlyList<long> keys, EntryMatch isMeant)
    {
        var (gone, changed) = (0L, new HashSet<Stretch>());
        foreach (var key in keys)
        {
            var parts = run.Index.Find(key);
            var found = 0;
            for (var part = parts.Start.Value; part < parts.End.Value; part++) found += Erase(run, part, key, isMeant);
            gone += found;
            if (found > 0) changed.UnionWith(run.Index.StretchesOf(parts));
        }

        if (gone == 0) return;
        run.Entries = Math.Max(0, run.Entries - gone);
        SaveEntries(run);
        Renew(run, changed);
    }

    /// <summary>Learns anew what is known of stretches of which entries are gone.</summary>
    public void Renew(Run run, IEnumerable<Stretch> stretches)
    {
        foreach (var stretch in stretches)
        {
            var left = Read(run, stretch);
            run.Index.Replace(stretch, left);
            _stretches.Save(run, left);
        }
    }

    /// <summary>Takes up what was written into a growing run behind its last stretch, after the process that wrote it ended.</summary>
    public void Resume(Run run)
    {
        var rows = ChunksFrom(database.Prepare(Chunks), run.Number, run.Index.StoredEnd);
        while (rows.Step())
        {
            var data = rows.Blob(1);
            var (reader, first) = (new ChunkReader(), (long?)null);
            while (reader.Read(data))
            {
                first ??= reader.Key;
                run.Index.Add(reader.Key, run.Expected);
            }

            // A chunk of which everything was erased keeps its place.
            var part = rows.Int64(0) - Place(run.Number, 0);
            do run.Index.EndChunk(first ?? throw new DamagedStorageException("A chunk has no entry."));
            while (run.Index.Next <= part);
        }

        rows.Reset();
    }

    /// <summary>Every chunk of a run in its order, for a scan.</summary>
    public static Statement Scan(EventDatabase database, long run) => ChunksFrom(database.Open(Chunks), run, 0);

    private const string Chunks = "select chunk, data from run_chunks where chunk >= ? and chunk < ? order by chunk";

    private static Statement ChunksFrom(Statement chunks, long run, int part) => chunks.Bind(1, Place(run, part)).Bind(2, Place(run + 1, 0));

    private static long Place(long run, int part) =>
        part < 1 << BitsOfAPart ? (run << BitsOfAPart) + part : throw new InvalidOperationException($"Run {run} has as many chunks as a run can have.");

    private int Erase(Run run, int part, long key, EntryMatch isMeant)
    {
        var data = ReadChunk(run, part);
        var (writer, reader, gone) = (new ChunkWriter(), new ChunkReader(), 0);
        while (reader.Read(data))
        {
            var entry = reader.Content(data);
            if (reader.Key == key && isMeant(entry)) gone++;
            else if (!writer.TryAdd(reader.Key, entry)) throw new DamagedStorageException("A chunk holds more than it can.");
        }

        if (gone > 0) PutChunk(run, part, writer);
        return gone;
    }

    /// <summary>What is known of a stretch of which entries are gone. A chunk that is no more keeps its place.</summary>
    private Stretch Read(Run run, Stretch stretch)
    {
        var (keys, firsts) = (new List<long>(), (long[])stretch.Firsts.Clone());
        var rows = database.Prepare(Chunks).Bind(1, Place(run.Number, stretch.Part)).Bind(2, Place(run.Number, stretch.End));
        while (rows.Step())
        {
            var data = rows.Blob(1);
            var (reader, part, isFirst) = (new ChunkReader(), (int)(rows.Int64(0) - Place(run.Number, stretch.Part)), true);
            while (reader.Read(data))
            {
                if (isFirst) firsts[part] = reader.Key;
                isFirst = false;
                if (keys.Count == 0 || keys[^1] != reader.Key) keys.Add(reader.Key);
            }
        }

        rows.Reset();
        var filter = Filter.For(keys.Count);
        foreach (var key in keys) filter.Add(key);
        return stretch with { Firsts = firsts, Last = keys.Count > 0 ? keys[^1] : stretch.Last, Filter = filter };
    }
}
