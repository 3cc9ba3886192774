namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>The filters of runs in SQL.</summary>
internal sealed class StretchTable(EventDatabase database)
{
    /// <summary>Tells runs what is stored of their filters.</summary>
    public void Load(IReadOnlyList<Run> runs)
    {
        foreach (var run in runs)
        {
            var rows = database.Prepare("select first, last, bits from run_stretches where run = ? order by first").Bind(1, run.Number);
            while (rows.Step()) run.Filter.Put(new Stretch(rows.Int64(0), rows.Int64(1), Filter.Read(rows.Blob(2))));
            rows.Reset();
            if (run is { IsGrowing: false, Entries: > 0, Filter.LastStored: null }) throw new DamagedStorageException($"Run {run.Number} has no filter.");
        }
    }

    public void Add(Run run, Stretch stretch) =>
        database.Prepare("insert into run_stretches (run, first, last, bits) values (?, ?, ?, ?)")
            .Bind(1, run.Number).Bind(2, stretch.First).Bind(3, stretch.Last).Bind(4, stretch.Filter.Write()).Run();

    public void Remove(Run run) => database.Prepare("delete from run_stretches where run = ?").Bind(1, run.Number).Run();

    /// <summary>Takes up what was written into a growing run behind its last stored stretch.</summary>
    public void Resume(Run run)
    {
        foreach (var key in KeysFrom(run, run.Filter.LastStored ?? long.MinValue))
        {
            if (key <= run.Filter.LastStored) continue;
            if (run.Filter.Add(key, run.Expected) is not null) throw new DamagedStorageException($"Run {run.Number} lacks a filter of what it holds.");
        }
    }

    /// <summary>Entries of these keys are gone: what is known of their stretches tells of those that are left.</summary>
    public void Shrink(Run run, IEnumerable<long> keys)
    {
        foreach (var stretch in keys.Select(run.Filter.StretchOf).OfType<Stretch>().Distinct().ToList())
        {
            var left = KeysFrom(run, stretch.First).SkipWhile(key => key < stretch.First).TakeWhile(key => key <= stretch.Last).ToList();
            database.Prepare("delete from run_stretches where run = ? and first = ?").Bind(1, run.Number).Bind(2, stretch.First).Run();
            var rest = Of(left);
            run.Filter.Replace(stretch, rest);
            if (rest is not null) Add(run, rest);
        }
    }

    private static Stretch? Of(List<long> keys)
    {
        if (keys.Count == 0) return null;
        var filter = Filter.For(keys.Distinct().Count());
        foreach (var key in keys) filter.Add(key);
        return new Stretch(keys[0], keys[^1], filter);
    }

    /// <summary>The keys of a run's entries in order, from the chunk on that a key may be in.</summary>
    private IEnumerable<long> KeysFrom(Run run, long first)
    {
        using var rows = database.Open(
            "select first, data from run_chunks where run = ?1 and first >= ifnull((select max(first) from run_chunks where run = ?1 and first < ?2), ?2) order by first, part")
            .Bind(1, run.Number).Bind(2, first);
        while (rows.Step())
        {
            var data = rows.Blob(1).ToArray();
            var reader = new ChunkReader(rows.Int64(0));
            while (reader.Read(data)) yield return reader.Key;
        }
    }
}
