namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>A run that is emptied from its beginning.</summary>
internal sealed class RunSource
{
    private readonly RunTable _table;
    private readonly Run _run;
    private readonly ChunkWriter _rest = new();
    private (int Part, byte[] Data) _chunk;
    private ChunkReader _reader;
    private int _start;

    public RunSource(RunTable table, Run run)
    {
        (_table, _run) = (table, run);
        Load();
    }

    public bool HasEntry { get; private set; }

    public long Key => _reader.Key;

    public ReadOnlySpan<byte> Content => _reader.Content(_chunk.Data);

    /// <summary>Goes on to the next entry; a chunk that is done with is removed.</summary>
    public void Advance()
    {
        _start = _reader.End;
        if (_reader.Read(_chunk.Data)) return;
        _table.RemoveChunk(_run, _chunk.Part);
        Load();
    }

    /// <summary>The table's chunks are not what they were.</summary>
    public void Reload() => Load();

    /// <summary>What is in the table begins with the current entry.</summary>
    public void Save()
    {
        _run.From = HasEntry ? Key : long.MaxValue;
        if (!HasEntry || _start == 0) return;
        do
        {
            // The first key is written whole, in place of the one before it and its content: there is room.
            if (!_rest.TryAdd(_reader.Key, Content)) throw new DamagedStorageException("A chunk holds more than it can.");
        }
        while (_reader.Read(_chunk.Data));
        _table.ReplaceChunk(_run, _chunk.Part, _rest.Bytes);
        Begin((_chunk.Part, _rest.Bytes.ToArray()));
        _rest.Clear();
    }

    private void Load()
    {
        HasEntry = _table.TryReadFirst(_run, out var chunk);
        if (HasEntry) Begin(chunk);
    }

    private void Begin((int Part, byte[] Data) chunk)
    {
        _chunk = chunk;
        _reader = new ChunkReader();
        _start = 0;
        if (!_reader.Read(chunk.Data)) throw new DamagedStorageException("A chunk has no entry.");
    }
}
