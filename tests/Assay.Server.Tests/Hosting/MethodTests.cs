using System.Net;

namespace Assay.Server.Tests.Hosting;

public sealed class MethodTests(MethodTests.FilledServer server) : IClassFixture<MethodTests.FilledServer>
{
    public static TheoryData<string> Addresses =>
    [
        "/", "/docs", "/healthz", "/readyz", "/openapi/v1.json", "/experiments/known", "/nowhere",
        "/api/v1/experiments", "/api/v1/experiments/known", "/api/v1/experiments/unknown", "/api/v1/metrics",
        "/api/v1/experiments/known/live-stats", "/api/v1/experiments/known/moments", "/api/v1/experiments/known/ingestion", "/api/v1/experiments/known/timeline",
        "/api/v1/experiments?limit=0", "/api/v1/events",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task HEAD_answers_what_GET_answers_without_its_body(string address)
    {
        var (head, get) = (await server.SendAsync(HttpMethod.Head, address), await server.GetAsync(address));
        Assert.Equal((get.Status, ""), (head.Status, head.Text));
        foreach (var header in (string[])["ETag", "Content-Type", "Cache-Control", "Allow"]) Assert.Equal(get.Headers.GetValueOrDefault(header), head.Headers.GetValueOrDefault(header));
        if (get.Headers.TryGetValue("Content-Length", out var length)) Assert.Equal(length, head.Headers["Content-Length"]);
    }

    [Fact]
    public async Task HEAD_of_a_resource_that_is_known_is_not_modified()
    {
        var tag = (await server.GetAsync("/api/v1/experiments/known")).ETag;
        Assert.Equal(304, (await server.SendAsync(HttpMethod.Head, "/api/v1/experiments/known", null, ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task HEAD_of_a_stream_ends()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/experiments/known/live-stats/stream");
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/api/v1/experiments", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/api/v1/experiments/known", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("/api/v1/events", "OPTIONS, POST")]
    public async Task OPTIONS_says_what_an_address_answers_to(string address, string allowed)
    {
        var answer = await server.SendAsync(HttpMethod.Options, address);
        Assert.Equal((204, "", allowed), (answer.Status, answer.Text, answer.Headers["Allow"]));
        (await server.SendAsync(HttpMethod.Options, "/nowhere")).IsProblem(404, "not_found");
    }

    /// <summary>A server with a running experiment.</summary>
    public sealed class FilledServer : HostServer, IAsyncLifetime
    {
        public new async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await StartExperimentAsync("known");
        }
    }
}
