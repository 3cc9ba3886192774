using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assay.Sdk.Tests;

/// <summary>Answers requests from a script, one step each, and keeps what it was sent. When the script is over it commits every item.</summary>
internal sealed class FakeServer(params Func<HttpRequestMessage, string, HttpResponseMessage>[] script) : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, string, HttpResponseMessage>> _script = new(script);
    private long _watermark;

    public List<(HttpMethod Method, string Path, string Body, string? Authorization)> Requests { get; } = [];

    /// <summary>Length and encoding of each body on the wire.</summary>
    public List<(int Bytes, string Encoding)> Sent { get; } = [];

    public AssayClient Connect(AssayClientOptions? options = null, TimeProvider? time = null, string address = "http://assay.test") =>
        new(new HttpClient(this) { BaseAddress = new Uri(address) }, options, time ?? new ImpatientTime());

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, string type = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    public static HttpResponseMessage Problem(HttpStatusCode status, string body, RetryConditionHeaderValue? retryAfter = null)
    {
        var response = Answer(status, body, "application/problem+json");
        response.Headers.RetryAfter = retryAfter;
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await ReadAsync(request.Content, cancellationToken);
        Requests.Add((request.Method, request.RequestUri!.AbsolutePath, body, request.Headers.Authorization?.ToString()));
        return _script.TryDequeue(out var step) ? step(request, body) : Commit(body);
    }

    /// <summary>The body as written, unpacked if it came compressed.</summary>
    private async Task<string> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellation);
        Sent.Add((bytes.Length, string.Join(", ", content.Headers.ContentEncoding)));
        if (Sent[^1].Encoding != "gzip") return Encoding.UTF8.GetString(bytes);
        await using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(cancellation);
    }

    private HttpResponseMessage Commit(string body)
    {
        using var document = JsonDocument.Parse(body);
        var count = document.RootElement.EnumerateObject().Single().Value.GetArrayLength();
        return Answer(
            HttpStatusCode.OK, $$"""{"received":{{count}},"recorded":{{count}},"deduplicated":0,"rejected":[],"warnings":[],"watermark":{{++_watermark}}}""");
    }
}
