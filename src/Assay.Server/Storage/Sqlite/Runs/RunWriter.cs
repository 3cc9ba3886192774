namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Writes a run's entries, in the order of their keys, chunk by chunk.</summary>
internal sealed class RunWriter(RunTable table, Run run, long part = 0)
{
    private readonly ChunkWriter _chunk = new();
    private long _part = part;

    public void Add(long key, ReadOnlySpan<byte> content)
    {
        if (!_chunk.TryAdd(key, content))
        {
            Flush();
            _chunk.TryAdd(key, content);
        }

        if (run.Filter.Add(key, run.Expected - run.Entries) is { } full) table.AddStretch(run, full);
        run.Entries++;
    }

    /// <summary>Everything added is in the table.</summary>
    public void Flush()
    {
        if (_chunk.Length == 0) return;
        table.AddChunk(run.Number, _chunk.First, _part++, _chunk.Bytes);
        _chunk.Clear();
    }
}
