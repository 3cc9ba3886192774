using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Entries in the order of their keys, packed until they fill a page of the file.</summary>
/// <remarks>
/// An entry is the step from the key before (of the first entry from 0), the length of its content, which is never 0, and the content. Zeros fill the page: SQLite leaves what was on a page
/// where nothing is written (of a page that it takes back as a whole it zeroes all), so that a chunk with room behind it could show what others held there.
/// </remarks>
internal sealed class ChunkWriter
{
    /// <summary>A step, a length and a byte.</summary>
    public const int ShortestEntry = 3;

    /// <summary>What a row of a table with a rowid has on its leaf at most, and on each page of overflow (SQLite file format, 1.6: U − 35 and U − 4).</summary>
    private const int Leaf = 4_061;
    private const int Overflow = 4_092;

    private static readonly int Capacity = SizeFor(1);

    private byte[] _bytes = new byte[Capacity];
    private long _last;

    /// <summary>Bytes of entries.</summary>
    public int Length { get; private set; }

    /// <summary>The first entry's key.</summary>
    public long First { get; private set; }

    /// <summary>The chunk, which fills its pages.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, SizeFor(Length));

    /// <returns>False when the chunk is full and has to be stored first. A chunk that is empty takes an entry of any size.</returns>
    public bool TryAdd(long key, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) throw new ArgumentException("An entry has a content.", nameof(content));
        Span<byte> head = stackalloc byte[2 * Varint.Longest];
        var length = Varint.Write(head, unchecked((ulong)(key - (Length == 0 ? 0 : _last))));
        length += Varint.Write(head[length..], (ulong)content.Length);
        var end = Length + length + content.Length;
        if (end > Capacity)
        {
            if (Length > 0) return false;
            if (SizeFor(end) > _bytes.Length) _bytes = new byte[SizeFor(end)];
        }

        if (Length == 0) First = key;
        head[..length].CopyTo(_bytes.AsSpan(Length));
        content.CopyTo(_bytes.AsSpan(Length + length));
        (Length, _last) = (end, key);
        return true;
    }

    public void Clear()
    {
        _bytes = _bytes.Length == Capacity ? _bytes : new byte[Capacity];
        Array.Clear(_bytes, 0, Length > Capacity ? 0 : Length);
        Length = 0;
    }

    /// <summary>The least size of so many bytes or more whose row ends where a page does.</summary>
    private static int SizeFor(int bytes)
    {
        for (var most = Leaf; ; most += Overflow)
        {
            // A row is a length, a null in place of its number, the kind of the blob, and the blob.
            var size = most - 2 - (most - 4 < (16_384 - 12) / 2 ? 2 : most - 5 < (2_097_152 - 12) / 2 ? 3 : 4);
            if (size >= bytes) return size;
        }
    }
}
