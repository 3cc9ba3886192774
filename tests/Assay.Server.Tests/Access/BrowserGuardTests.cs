using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Access;

public sealed class BrowserGuardTests(HostServer server) : IClassFixture<HostServer>
{
    private const string List = "/api/v1/experiments";

    [Theory]
    [InlineData("localhost:1234")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task Local_names_are_answered(string host) => Assert.Equal(200, (await server.GetAsync(List, ("Host", host))).Status);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:5080")]
    [InlineData("192.168.0.1")]
    public async Task A_name_rebound_to_loopback_is_not(string host)
    {
        (await server.GetAsync(List, ("Host", host))).IsProblem(400, "unknown_host");
        (await server.GetAsync("/openapi/v1.json", ("Host", host))).IsProblem(400, "unknown_host");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_write_from_another_origin_is_refused(string header, string value) =>
        (await server.PostAsync(List, "{}", (header, value))).IsProblem(403, "cross_origin");

    [Fact]
    public async Task A_write_from_our_own_pages_is_not()
    {
        var own = server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        (await server.PostAsync(List, "{}", ("Origin", own))).IsProblem(422, "invalid_design");
        (await server.PostAsync(List, "{}", ("Sec-Fetch-Site", "same-origin"))).IsProblem(422, "invalid_design");
    }

    [Fact]
    public async Task Reading_from_another_origin_is_left_to_the_browser() => Assert.Equal(200, (await server.GetAsync(List, ("Origin", "https://evil.example"))).Status);
}
