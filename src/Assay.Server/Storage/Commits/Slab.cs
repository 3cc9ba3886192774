namespace Assay.Server.Storage.Commits;

/// <summary>Many short byte strings in a few large arrays: a million of them are nothing that a garbage collection has to look at.</summary>
internal sealed class Slab
{
    private const int PieceBytes = 1 << 20;
    private readonly List<byte[]> _pieces = [];
    private int _piece = -1;
    private int _used;

    public Slot Put(ReadOnlySpan<byte> bytes)
    {
        // Most strings grow a little each time that they come back.
        var capacity = bytes.Length + (bytes.Length / 4) + 32;
        if (_piece < 0 || _used + capacity > _pieces[_piece].Length) Advance(capacity);
        var slot = new Slot(_piece, _used, bytes.Length, capacity);
        _used += capacity;
        bytes.CopyTo(_pieces[slot.Piece].AsSpan(slot.Offset));
        return slot;
    }

    /// <summary>Puts a string in another's place, where it fits.</summary>
    public bool TryReplace(ref Slot slot, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > slot.Capacity) return false;
        bytes.CopyTo(_pieces[slot.Piece].AsSpan(slot.Offset));
        slot = slot with { Length = bytes.Length };
        return true;
    }

    public byte[] Read(Slot slot) => _pieces[slot.Piece].AsSpan(slot.Offset, slot.Length).ToArray();

    /// <summary>Empties it; its arrays are used again.</summary>
    public void Clear()
    {
        _piece = -1;
        _used = 0;
    }

    private void Advance(int capacity)
    {
        _piece++;
        _used = 0;
        if (_piece == _pieces.Count) _pieces.Add(new byte[Math.Max(PieceBytes, capacity)]);
        else if (_pieces[_piece].Length < capacity) _pieces[_piece] = new byte[capacity];
    }
}

/// <summary>Where a string lies in a <see cref="Slab"/>.</summary>
internal readonly record struct Slot(int Piece, int Offset, int Length, int Capacity);
