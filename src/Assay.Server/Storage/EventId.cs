using System.Buffers;
using System.Text;

namespace Assay.Server.Storage;

/// <summary>An event's id as it is stored: the client's own where that is a UUID, otherwise one made of its SHA-256 (RFC 9562, version 8), so that 16 bytes tell it again.</summary>
internal static class EventId
{
    private const int TextLength = 36;
    private const int VersionPlace = 14;

    public static Guid Of(string id) => TryParse(id, out var uuid) ? uuid : Hash(id);

    /// <summary>What has to be stored beside the 16 bytes for the id to be told back; null where they are it.</summary>
    public static string? Beside(string id, Guid stored) => IsHash(stored) ? id : null;

    /// <summary>The id as the client sent it; null where only its hash is stored.</summary>
    /// <param name="stored">The 16 bytes.</param>
    /// <param name="beside">What was stored beside them.</param>
    public static string? Told(Guid? stored, string? beside) => beside ?? (stored is { } id && !IsHash(id) ? id.ToString("D") : null);

    private static bool IsHash(Guid stored) => stored.Version == 8;

    /// <summary>Only what comes back letter for letter is taken as it is; a client's own version 8 is hashed, so that it never is another id's hash.</summary>
    private static bool TryParse(string id, out Guid uuid)
    {
        uuid = default;
        if (id.Length != TextLength || id[VersionPlace] == '8' || !Guid.TryParseExact(id, "D", out uuid)) return false;
        Span<char> text = stackalloc char[TextLength];
        return uuid.TryFormat(text, out _, "D") && text.SequenceEqual(id);
    }

    private static Guid Hash(string id)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(id.Length));
        Span<byte> digest = stackalloc byte[Sha256.Bytes];
        Sha256.Write(buffer.AsSpan(0, Encoding.UTF8.GetBytes(id, buffer)), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}

/// <summary>An event's id as it is stored.</summary>
/// <param name="Id">Its 16 bytes.</param>
/// <param name="Key">What it is found by where it is in the installation's namespace.</param>
internal readonly record struct KeyedId(Guid Id, long Key)
{
    public static KeyedId? Of(string? id)
    {
        if (id is null) return null;
        var stored = EventId.Of(id);
        return new KeyedId(stored, Commits.Fingerprint.OfEvent(0, stored));
    }
}
