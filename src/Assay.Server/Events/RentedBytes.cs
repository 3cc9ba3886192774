using System.Buffers;

namespace Assay.Server.Events;

/// <summary>Bytes that arrive piece by piece, in rented memory that grows by doubling.</summary>
internal sealed class RentedBytes(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    /// <summary>Bytes rented: a power of two.</summary>
    public int Capacity => _bytes.Length;

    public bool IsFull => Length == _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for more, never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (IsFull) Grow();
            return _bytes.AsMemory(Length);
        }
    }

    /// <summary>Keeps what was put at the beginning of <see cref="Free"/>.</summary>
    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (_bytes.Length - Length < bytes.Length) Grow();
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>The written bytes as a stream, as long as they are not added to.</summary>
    public MemoryStream OpenRead() => new(_bytes, 0, Length, writable: false);

    /// <summary>Doubles the room. The bytes are there twice until they are copied.</summary>
    public void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
