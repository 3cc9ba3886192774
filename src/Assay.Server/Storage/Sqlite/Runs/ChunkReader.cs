using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Goes through the entries of a chunk.</summary>
internal struct ChunkReader
{
    private int _place;
    private int _content;

    public long Key { get; private set; }

    /// <summary>Where the current entry's content ends.</summary>
    public readonly int End => _place;

    /// <returns>Whether there is another entry.</returns>
    /// <exception cref="DamagedStorageException">The chunk is damaged.</exception>
    public bool Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length - _place < ChunkWriter.ShortestEntry) return false;
        var key = unchecked(Key + (long)Varint.Read(chunk, ref _place));
        var length = Varint.Read(chunk, ref _place);
        if (length > (ulong)(chunk.Length - _place)) throw new DamagedStorageException("A packed entry is longer than its chunk.");
        if (length == 0)
        {
            // What fills the page.
            _place = chunk.Length;
            return false;
        }

        Key = key;
        _content = _place;
        _place += (int)length;
        return true;
    }

    public readonly ReadOnlySpan<byte> Content(ReadOnlySpan<byte> chunk) => chunk[_content.._place];
}
