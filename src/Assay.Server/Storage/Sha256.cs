using System.Security.Cryptography;

namespace Assay.Server.Storage;

/// <summary>SHA-256 of short texts, several of each event.</summary>
internal static class Sha256
{
    public const int Bytes = SHA256.HashSizeInBytes;

    // A thread has its own to use again: what the library makes and counts for each call is shared, so that two threads that hash take twice as long.
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <param name="data">What is hashed.</param>
    /// <param name="into">Takes <see cref="Bytes"/> bytes.</param>
    public static void Write(ReadOnlySpan<byte> data, Span<byte> into)
    {
        var hash = _hash ?? IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Should it fail half-way it is not used again: what it has taken in would be in the next hash.
        _hash = null;
        hash.AppendData(data);
        hash.GetHashAndReset(into);
        _hash = hash;
    }
}
