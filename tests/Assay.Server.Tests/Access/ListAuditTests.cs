using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Access;

public sealed class ListAuditTests : IAsyncLifetime
{
    private const string List = "/api/v1/audit";
    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_newest_entry_comes_first_and_a_page_leads_to_the_next()
    {
        foreach (var key in (string[])["a", "b", "c"]) await _server.PostAsync("/api/v1/experiments", DesignText.Minimal(key));
        await _server.SendAsync(HttpMethod.Delete, "/api/v1/experiments/b");
        var first = (await _server.GetAsync($"{List}?limit=3")).Body;
        Assert.Equal(["deleted b", "created c", "created b"], first.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("action")} {item.GetProperty("experiment")}"));
        var newest = first.GetProperty("items")[0];
        Assert.Equal(("open", 64), (newest.GetProperty("actor").GetString(), newest.GetProperty("hash").GetString()!.Length));
        Assert.Equal(64, newest.GetProperty("detail").GetProperty("design_sha256").GetString()!.Length);
        var last = (await _server.GetAsync($"{List}?limit=3&cursor={first.GetProperty("next_cursor")}")).Body;
        Assert.Equal("a", Assert.Single(last.GetProperty("items").EnumerateArray()).GetProperty("experiment").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, last.GetProperty("next_cursor").ValueKind);
        Assert.Equal(2, (await _server.GetAsync($"{List}?experiment=b")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await _server.GetAsync($"{List}?experiment=nobody")).Body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=%2A", "cursor")]
    [InlineData("cursor=YWJj", "cursor")]
    public async Task A_query_that_is_not_understood_is_told_where(string query, string pointer)
    {
        var answer = (await _server.GetAsync($"{List}?{query}")).IsProblem(400, "invalid_query");
        Assert.Equal(pointer, Assert.Single(answer.Body.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }
}
