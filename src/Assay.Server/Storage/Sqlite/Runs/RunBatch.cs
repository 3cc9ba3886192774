using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Entries on their way into one run, in any order.</summary>
internal sealed class RunBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<Entry> _entries = [];
    private bool _isSorted;

    public int Count => _entries.Count;

    public int Bytes => _bytes.WrittenCount;

    /// <summary>Where the content of the next entry goes, before <see cref="Add"/> tells its key.</summary>
    public IBufferWriter<byte> Content => _bytes;

    public void Add(long key)
    {
        var start = _entries.Count == 0 ? 0 : _entries[^1].End;
        _entries.Add(new Entry(key, start, _bytes.WrittenCount));
        _isSorted = false;
    }

    /// <summary>By key; entries of one key stay in the order they came in.</summary>
    public void Sort()
    {
        if (!_isSorted) _entries.Sort(static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Start.CompareTo(b.Start));
        _isSorted = true;
    }

    public long KeyAt(int index) => _entries[index].Key;

    public ReadOnlySpan<byte> ContentAt(int index) => _bytes.WrittenSpan[_entries[index].Start.._entries[index].End];

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _entries.Clear();
    }

    private readonly record struct Entry(long Key, int Start, int End);
}
