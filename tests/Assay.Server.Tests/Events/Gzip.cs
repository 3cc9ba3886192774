using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Events;

/// <summary>Compressed bodies, whole and spoilt.</summary>
internal static class Gzip
{
    public static byte[] Compress(string text, CompressionLevel level = CompressionLevel.Fastest) => Compress(Encoding.UTF8.GetBytes(text), level);

    public static byte[] Compress(byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Posts a body as <c>Content-Encoding: gzip</c>, whatever it holds.</summary>
    public static async Task<Answer> PostAsync(Api server, string path, byte[] body, string type = "application/json", bool isLengthKnown = true)
    {
        using HttpContent content = isLengthKnown ? new ByteArrayContent(body) : new StreamContent(new UnknownLength(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await server.Client.PostAsync($"/api/v1/{path}", content, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sent in chunks, since it does not tell how long it is.</summary>
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
