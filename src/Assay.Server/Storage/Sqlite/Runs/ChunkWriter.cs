using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Entries in the order of their keys, packed until they fill a row of the table.</summary>
/// <remarks>An entry is the step from the key before, the length of its content and the content. The first key stands beside the chunk.</remarks>
internal sealed class ChunkWriter
{
    /// <summary>What a row of a table without rowid holds in its own cell and one page of overflow (SQLite file format, 1.6): beyond it, most of a second page would be empty.</summary>
    public const int Capacity = 4_540;

    private byte[] _bytes = new byte[Capacity];
    private long _last;

    public int Length { get; private set; }

    public long First { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <returns>False when the chunk is full and has to be stored first. A chunk that is empty takes an entry of any size.</returns>
    public bool TryAdd(long key, ReadOnlySpan<byte> content)
    {
        var most = (2 * Varint.Longest) + content.Length;
        if (Length == 0)
        {
            (First, _last) = (key, key);
            if (most > _bytes.Length) _bytes = new byte[most];
        }
        else if (Length + most > Capacity)
        {
            return false;
        }

        Length += Varint.Write(_bytes.AsSpan(Length), unchecked((ulong)(key - _last)));
        Length += Varint.Write(_bytes.AsSpan(Length), (ulong)content.Length);
        content.CopyTo(_bytes.AsSpan(Length));
        Length += content.Length;
        _last = key;
        return true;
    }

    public void Clear() => Length = 0;
}
