using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Experiments;

public sealed class ListExperimentsTests(ListExperimentsTests.FilledServer server) : IClassFixture<ListExperimentsTests.FilledServer>
{
    private const string List = "/api/v1/experiments";

    [Fact]
    public async Task A_list_is_read_a_page_at_a_time_and_nothing_is_missed_or_told_twice()
    {
        var keys = new List<string>();
        string? cursor = "";
        var pages = 0;
        while (cursor is not null)
        {
            var page = (await server.GetAsync($"{List}?limit=3&cursor={cursor}")).Body;
            keys.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(FilledServer.Keys, keys);
    }

    [Theory]
    [InlineData("?status=running", "shop-1")]
    [InlineData("?status=draft&q=SHOP", "shop-2")]
    [InlineData("?q=ärger", "umlaut")]
    [InlineData("?q=100%25", "percent")]
    [InlineData("?q=_", "")]
    [InlineData("?q=nowhere", "")]
    public async Task A_list_is_narrowed_by_status_and_text(string query, string keys)
    {
        var items = (await server.GetAsync(List + query)).Body.GetProperty("items").EnumerateArray();
        Assert.Equal(keys, string.Join(' ', items.Select(item => item.GetProperty("key").GetString())));
    }

    [Fact]
    public async Task Parameters_that_are_left_empty_are_left_out()
    {
        var answer = await server.GetAsync($"{List}?status=&q=&limit=&cursor=");
        Assert.Equal(FilledServer.Keys.Length, answer.Body.GetProperty("items").GetArrayLength());
        Assert.Equal(304, (await server.GetAsync(List, ("If-None-Match", answer.ETag))).Status);
    }

    [Fact]
    public async Task Every_wrong_parameter_is_named()
    {
        var answer = (await server.GetAsync($"{List}?status=walking&limit=201&cursor=***")).IsProblem(400, "invalid_query");
        Assert.Equal(["status", "limit", "cursor"], answer.Pointers);
        foreach (var limit in (string[])["0", "-1", "1.5", "x", "99999999999"]) (await server.GetAsync($"{List}?limit={limit}")).IsProblem(400, "invalid_query");
    }

    /// <summary>A server with a few experiments.</summary>
    public sealed class FilledServer : HostServer, IAsyncLifetime
    {
        public static readonly string[] Keys = ["a", "b", "c", "percent", "shop-1", "shop-2", "umlaut"];

        public new async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var key in Keys.Reverse())
            {
                var name = key switch { "umlaut" => "Großer ÄRGER", "percent" => "100% more", _ => key };
                var design = DesignText.Minimal(key).Replace("\"setup\"", $"\"name\": \"{name}\", \"setup\"", StringComparison.Ordinal);
                Assert.Equal(201, (await PostAsync(List, design)).Status);
            }

            await PostAsync($"{List}/shop-1/start");
        }
    }
}
