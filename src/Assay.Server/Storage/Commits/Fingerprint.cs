using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
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
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    /// <summary>The 64 bits that runs are sorted by.</summary>
    public static long KeyOf(UInt128 fingerprint) => unchecked((long)(ulong)fingerprint);

    private static UInt128 Of(long scope, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(long) + Encoding.UTF8.GetMaxByteCount(text.Length));
        BinaryPrimitives.WriteInt64LittleEndian(buffer, scope);
        var length = sizeof(long) + Encoding.UTF8.GetBytes(text, buffer.AsSpan(sizeof(long)));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
