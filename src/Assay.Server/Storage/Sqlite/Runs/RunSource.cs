using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>A run that is emptied from its beginning.</summary>
internal sealed class RunSource
{
    private readonly RunTable _table;
    private readonly Run _run;
    private (long First, long Part, byte[] Data) _chunk;
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
        _table.RemoveChunk(_run.Number, _chunk.First, _chunk.Part);
        Load();
    }

    /// <summary>The table's chunks are not what they were.</summary>
    public void Reload() => Load();

    /// <summary>What is in the table begins with the current entry.</summary>
    public void Save()
    {
        if (!HasEntry || _start == 0) return;
        _table.RemoveChunk(_run.Number, _chunk.First, _chunk.Part);
        var rest = new byte[(2 * Varint.Longest) + _chunk.Data.Length - _start];
        var length = Varint.Write(rest, 0);
        length += Varint.Write(rest.AsSpan(length), (ulong)Content.Length);
        Content.CopyTo(rest.AsSpan(length));
        length += Content.Length;
        _chunk.Data.AsSpan(_reader.End).CopyTo(rest.AsSpan(length));
        length += _chunk.Data.Length - _reader.End;
        Begin((Key, _chunk.Part, rest[..length]));
        _table.AddChunk(_run.Number, _chunk.First, _chunk.Part, _chunk.Data);
    }

    private void Load()
    {
        HasEntry = _table.TryReadFirst(_run, out var chunk);
        if (HasEntry) Begin(chunk);
    }

    private void Begin((long First, long Part, byte[] Data) chunk)
    {
        _chunk = chunk;
        _reader = new ChunkReader(chunk.First);
        _start = 0;
        if (!_reader.Read(chunk.Data)) throw new DamagedStorageException("A chunk has no entry.");
    }
}
