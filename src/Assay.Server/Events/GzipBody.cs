using System.IO.Compression;

namespace Assay.Server.Events;

/// <summary>Expands a gzip body (RFC 1952, one member or several), and no further than to its limit.</summary>
internal static class GzipBody
{
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>
    /// The library's decoder neither reports an end that is missing nor bytes that follow it. So a member of ours is put behind the body:
    /// it comes out last only if the body was whole members and nothing else.
    /// </summary>
    private static readonly byte[] Seal = [.. Enumerable.Repeat((byte)'.', 64)];

    private static readonly byte[] SealedSeal = Compress(Seal);

    /// <param name="body">The compressed body; it is added to.</param>
    /// <param name="expanded">Empty; takes the plain body.</param>
    /// <param name="share">Has taken the room that there is; takes more where the body needs it.</param>
    public static Expansion Expand(RentedBytes body, RentedBytes expanded, ExpansionBudget.Share share)
    {
        if (body.Length == 0) return Expansion.Broken;
        body.Append(SealedSeal);
        try
        {
            using var source = body.OpenRead();
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            while (true)
            {
                if (expanded.IsFull && !TryGrow(expanded, share)) return Expansion.NoRoom;
                var read = gzip.Read(expanded.Free.Span);
                if (read == 0) break;
                expanded.Advance(read);
                if (expanded.Length > MostBytes + Seal.Length) return Expansion.TooLarge;
            }
        }
        catch (InvalidDataException)
        {
            return Expansion.Broken;
        }

        if (!expanded.Written.EndsWith(Seal)) return Expansion.Broken;
        expanded.Advance(-Seal.Length);
        return Expansion.Whole;
    }

    private static bool TryGrow(RentedBytes expanded, ExpansionBudget.Share share)
    {
        var before = expanded.Capacity;
        if (!share.TryTake(2L * before)) return false;
        expanded.Grow();
        share.GiveBack(before);
        return true;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal)) gzip.Write(bytes);
        return target.ToArray();
    }
}

internal enum Expansion
{
    Whole,
    Broken,
    TooLarge,

    /// <summary>Others have the room that it needs.</summary>
    NoRoom,
}
