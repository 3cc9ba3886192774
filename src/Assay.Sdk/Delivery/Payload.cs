using System.IO.Compression;

namespace Assay.Sdk.Delivery;

/// <summary>A JSON body as it is sent, every attempt the same bytes.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsGzip">Whether they are compressed.</param>
internal sealed record Payload(byte[] Bytes, bool IsGzip)
{
    /// <summary>Below this, headers and round trip cost more than the bytes.</summary>
    private const int WorthPacking = 16 * 1024;

    /// <summary>The body as it is.</summary>
    public static Payload Plain(byte[] json) => new(json, IsGzip: false);

    /// <summary>The body compressed, if it is large.</summary>
    public static Payload Packed(byte[] json)
    {
        if (json.Length < WorthPacking) return Plain(json);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(json);
        return packed.Length < json.Length ? new Payload(packed.ToArray(), IsGzip: true) : Plain(json);
    }
}
