using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Storage.Sqlite;

/// <summary>64 bits to find a long text by; whoever finds one compares the text itself.</summary>
internal static class Fingerprint
{
    public static long Of(string text) => Of(0, text);

    /// <param name="scope">The id's namespace.</param>
    /// <param name="text">The id.</param>
    public static long Of(long scope, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(long) + Encoding.UTF8.GetMaxByteCount(text.Length));
        BinaryPrimitives.WriteInt64LittleEndian(buffer, scope);
        var length = sizeof(long) + Encoding.UTF8.GetBytes(text, buffer.AsSpan(sizeof(long)));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}
