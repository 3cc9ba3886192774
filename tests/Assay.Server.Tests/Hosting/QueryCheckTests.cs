namespace Assay.Server.Tests.Hosting;

public sealed class QueryCheckTests(HostServer server) : IClassFixture<HostServer>
{
    [Theory]
    [InlineData("/api/v1/experiments?staus=running&limit=5&x=1", "staus x")]
    [InlineData("/api/v1/experiments/any?id=other", "id")]
    [InlineData("/API/v1/metrics?status=running", "status")]
    [InlineData("/api/v1/experiments/any/live-stats?pair=all", "pair")]
    [InlineData("/api/v1/experiments/any/live-stats?asof=1", "asof")]
    [InlineData("/api/v1/experiments/any/live-stats/stream?as_of=1", "as_of")]
    public async Task A_parameter_that_a_route_does_not_have_is_refused_by_name(string address, string names)
    {
        var answer = (await server.GetAsync(address)).IsProblem(400, "invalid_query");
        Assert.Equal(names.Split(' '), answer.Pointers);
        Assert.All(answer.Body.GetProperty("errors").EnumerateArray(), error => Assert.Equal("unknown_parameter", error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Writing_routes_have_no_parameters() =>
        Assert.Equal(["dry_run"], (await server.PostAsync("/api/v1/experiments?dry_run=1", DesignText.Minimal("dry"))).IsProblem(400, "invalid_query").Pointers);

    [Fact]
    public async Task Names_are_read_in_any_case_and_pages_are_not_the_API()
    {
        Assert.Equal(200, (await server.GetAsync("/api/v1/experiments?Limit=5")).Status);
        Assert.Equal(200, (await server.GetAsync("/?utm_source=mail")).Status);
    }
}
