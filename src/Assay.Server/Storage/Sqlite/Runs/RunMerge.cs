namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Several runs on their way into one: a few thousand entries with each commit, so that no commit waits for all of it.</summary>
/// <remarks>Between two steps every entry is in exactly one chunk: what has been taken over is gone from where it came.</remarks>
internal sealed class RunMerge
{
    private readonly RunTable _table;
    private readonly List<RunSource> _sources;
    private readonly RunWriter _writer;

    public RunMerge(RunTable table, Run target, IEnumerable<Run> sources)
    {
        _table = table;
        Target = target;
        Sources = [.. sources];
        _sources = [.. Sources.Select(source => new RunSource(table, source))];
        _writer = new RunWriter(table, target);
    }

    public Run Target { get; }

    public IReadOnlyList<Run> Sources { get; }

    /// <summary>Entries that should have been taken over by now.</summary>
    public long Owed { get; set; }

    public long Total => Sources.Sum(source => source.Entries);

    /// <summary>Entries have been taken out, here and there.</summary>
    public void Reload()
    {
        foreach (var source in _sources) source.Reload();
    }

    /// <summary>Takes entries over.</summary>
    /// <returns>Whether none is left.</returns>
    public bool Advance(long entries)
    {
        for (; entries > 0 && Least() is { } source; entries--)
        {
            _writer.Add(source.Key, source.Content);
            source.Advance();
        }

        _writer.Flush();
        if (Least() is not null)
        {
            foreach (var source in _sources) source.Save();
            _table.SaveEntries(Target);
            return false;
        }

        foreach (var run in Sources) _table.Remove(run);
        _table.Close(Target);
        return true;
    }

    /// <summary>The source whose entry is next; of equal keys the older run's.</summary>
    private RunSource? Least()
    {
        RunSource? least = null;
        foreach (var source in _sources)
            if (source.HasEntry && (least is null || source.Key < least.Key)) least = source;
        return least;
    }
}
