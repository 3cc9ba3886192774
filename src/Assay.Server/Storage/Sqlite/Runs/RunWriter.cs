namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Writes a run's entries, in the order of their keys, chunk by chunk.</summary>
internal sealed class RunWriter(RunTable table, Run run)
{
    private readonly ChunkWriter _chunk = new();

    public void Add(long key, ReadOnlySpan<byte> content)
    {
        if (run.Index.EndsBefore(key))
        {
            Flush();
            table.EndStretch(run);
        }

        if (!_chunk.TryAdd(key, content))
        {
            Flush();
            _chunk.TryAdd(key, content);
        }

        run.Index.Add(key, run.Expected - run.Entries);
        run.Entries++;
    }

    /// <summary>Everything added is in the table.</summary>
    public void Flush()
    {
        if (_chunk.Length == 0) return;
        table.AddChunk(run, run.Index.Next, _chunk.Bytes);
        run.Index.EndChunk(_chunk.First);
        _chunk.Clear();
    }
}
