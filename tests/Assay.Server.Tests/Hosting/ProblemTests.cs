using System.Net.Http.Headers;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;

namespace Assay.Server.Tests.Hosting;

public sealed class ProblemTests(ProblemTests.FaultyServer server) : IClassFixture<ProblemTests.FaultyServer>
{
    [Fact]
    public async Task An_unknown_address_is_a_problem() => (await server.GetAsync("/nowhere")).IsProblem(404, "not_found");

    [Fact]
    public async Task The_API_answers_a_browser_with_a_problem_too() => (await server.GetAsync("/api/v1/nowhere", ("Accept", "text/html"))).IsProblem(404, "not_found");

    [Fact]
    public async Task A_wrong_method_is_a_problem_that_says_which_is_right()
    {
        var answer = (await server.SendAsync(HttpMethod.Patch, "/api/v1/experiments")).IsProblem(405, "method_not_allowed");
        Assert.Equal("GET, HEAD, OPTIONS, POST", answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("{\"key\":")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"key\":NaN}")]
    [InlineData("{\"key\":\"a\",\"key\":\"b\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"setup\":{\"\\udfff\":1}}")]
    public async Task A_body_that_is_no_JSON_object_is_a_problem(string body) =>
        (await server.PostAsync("/api/v1/experiments", body)).IsProblem(400, "invalid_json");

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=\"UTF-8\"", 422)]
    [InlineData("application/merge-patch+json", 422)]
    public async Task A_body_of_another_type_is_a_problem(string type, int status)
    {
        using var content = new StringContent("{}", MediaTypeHeaderValue.Parse(type));
        using var response = await server.Http.PostAsync("/api/v1/experiments", content, TestContext.Current.CancellationToken);
        (await Answer.OfAsync(response)).IsProblem(status, status == 415 ? "unsupported_media_type" : "invalid_design");
    }

    [Theory]
    [InlineData("/api/v1/experiments", "gzip", "identity")]
    [InlineData("/api/v1/plan", "gzip", "identity")]
    [InlineData("/api/v1/events", "br", "gzip, identity")]
    [InlineData("/api/v1/events", "gzip, gzip", "gzip, identity")]
    public async Task A_body_in_an_encoding_that_is_not_read_is_refused_in_words(string address, string encoding, string accepted)
    {
        using var content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", encoding));
        using var response = await server.Http.PostAsync(address, content, TestContext.Current.CancellationToken);
        Assert.Equal(accepted, (await Answer.OfAsync(response)).IsProblem(415, "unsupported_encoding").Headers["Accept-Encoding"]);
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(9 * 1024 * 1024)]
    public async Task A_body_that_is_too_large_is_a_problem(int bytes) =>
        (await server.PostAsync("/api/v1/experiments", $"{{\"key\":\"{new string('a', bytes)}\"}}")).IsProblem(413, "body_too_large");

    [Fact]
    public async Task A_fault_of_the_server_is_a_problem_that_tells_nothing_of_the_inside()
    {
        var answer = (await server.GetAsync("/fault")).IsProblem(500, "internal_error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_type_of_a_problem_is_a_place_in_the_docs()
    {
        var answer = await server.GetAsync("/nowhere");
        var docs = await server.GetAsync("/docs/problems");
        var type = answer.Body.GetProperty("type").GetString()!.Split('#');
        Assert.Equal("/docs/problems", type[0]);
        Assert.Contains($"id=\"{type[1]}\"", docs.Text, StringComparison.Ordinal);
    }

    /// <summary>A server with a route that always fails.</summary>
    public sealed class FaultyServer : HostServer
    {
        protected override void Extend(WebApplication app) =>
            app.MapGet("/fault", string () => throw new InvalidOperationException("secret")).OpenToAll();
    }
}
