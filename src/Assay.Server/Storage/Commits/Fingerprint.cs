using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Server.Storage.Commits;

/// <summary>What a long text is found by: the beginning of its SHA-256.</summary>
internal static class Fingerprint
{
    /// <summary>128 bits: as good as the text itself.</summary>
    public static UInt128 Of(string text) => Of(0, text);

    /// <summary>64 bits of an exposure's id in its experiment: whoever finds one compares the id itself.</summary>
    public static long OfExposure(int experiment, string id) => KeyOf(Of(experiment, id));

    /// <summary>64 bits of an event's id in its namespace: whoever finds one compares the id itself.</summary>
    public static long OfEvent(int scope, Guid id)
    {
        // Hashed, since a client chooses its ids: many of one key would have to be looked through one by one.
        Span<byte> bytes = stackalloc byte[sizeof(int) + 16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, scope);
        id.TryWriteBytes(bytes[sizeof(int)..], bigEndian: true, out _);
        Span<byte> digest = stackalloc byte[Sha256.Bytes];
        Sha256.Write(bytes, digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    /// <summary>64 bits of what a client sent under an id, and of the id: with the 64 that it is found by, 128 that are as good as the row.</summary>
    /// <param name="row">The row; when it came and with which commit does not matter, nor its corrected time.</param>
    /// <param name="unit">Whose it is.</param>
    public static long OfContent(in PackedRow row, long unit)
    {
        // Texts as they are in memory, so that no two of them make the same bytes.
        var id = MemoryMarshal.AsBytes((row.Kind == RowKind.Exposure ? row.Id : null).AsSpan());
        var json = MemoryMarshal.AsBytes(row.Json.AsSpan());
        var length = 64 + id.Length + json.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt32LittleEndian(buffer, (int)row.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(4), row.Experiment);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(8), row.Name);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(12), row.Variation);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(16), unit);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(24), row.ClientAt ?? 0);
        // -0 equals 0.
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(32), BitConverter.DoubleToInt64Bits(row.Value + 0.0));
        row.EventId.GetValueOrDefault().TryWriteBytes(buffer.AsSpan(40), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(56), (row.ClientAt is null ? 0 : 1) | (id.IsEmpty ? 0 : 2) | (row.Json is null ? 0 : 4) | (row.EventId is null ? 0 : 8));
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(60), id.Length);
        id.CopyTo(buffer.AsSpan(64));
        json.CopyTo(buffer.AsSpan(64 + id.Length));
        Span<byte> digest = stackalloc byte[Sha256.Bytes];
        Sha256.Write(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    /// <summary>The 64 bits that runs are sorted by.</summary>
    public static long KeyOf(UInt128 fingerprint) => unchecked((long)(ulong)fingerprint);

    private static UInt128 Of(long scope, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(long) + Encoding.UTF8.GetMaxByteCount(text.Length));
        BinaryPrimitives.WriteInt64LittleEndian(buffer, scope);
        var length = sizeof(long) + Encoding.UTF8.GetBytes(text, buffer.AsSpan(sizeof(long)));
        Span<byte> digest = stackalloc byte[Sha256.Bytes];
        Sha256.Write(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
