using System.Buffers;

namespace Assay.Server.Events;

/// <summary>Bytes that arrive piece by piece, in rented memory that grows by doubling.</summary>
internal sealed class RentedBytes(int capacity) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for more, never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (Length == _bytes.Length) Grow();
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

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
