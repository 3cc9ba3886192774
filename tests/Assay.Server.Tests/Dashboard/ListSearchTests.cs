using Assay.Server.Dashboard;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard;

public sealed class ListSearchTests(HostServer server) : IClassFixture<HostServer>
{
    [Theory]
    [InlineData("checkout", null, true)]
    [InlineData("CHECKOUT redesign", null, true)] // each word, in any case, of key or name
    [InlineData("checkout nowhere", null, false)]
    [InlineData("purchase", null, true)] // a metric
    [InlineData("  ", null, true)]
    [InlineData(null, "running", true)]
    [InlineData(null, "draft", false)]
    [InlineData(null, "needs-me", true)]
    [InlineData("checkout", "stopped", false)]
    [InlineData(null, "nonsense", true)]
    public void An_experiment_is_found_by_words_and_status(string? text, string? status, bool isFound) =>
        Assert.Equal(isFound, new ListSearch(text, status).Find([Samples.Winner()]).Length == 1);

    [Fact]
    public void What_only_runs_needs_nobody() => Assert.Empty(new ListSearch(null, "needs-me").Find([Samples.Empty()]));

    [Fact]
    public async Task The_address_carries_the_search_and_an_empty_answer_says_so()
    {
        await server.StartExperimentAsync("found-by-key");
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("still-a-draft"));

        var (_, page) = await server.OpenAsync("/?q=BY-KEY&status=running");
        Assert.Equal(["item-found-by-key"], page.QuerySelectorAll("li.item").Select(item => item.Id));
        Assert.Equal([("q", "BY-KEY"), ("status", "running")], page.QuerySelector("form[role=search]")!.Filled());
        Assert.Contains("1 experiment is like that.", page.QuerySelector("#list")!.TextContent, StringComparison.Ordinal);

        var none = (await server.OpenAsync("/?q=nowhere")).Page;
        Assert.Contains("No experiment is like that.", none.QuerySelector("#list [role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(none.QuerySelector(".empty"));
        Assert.Equal(2, (await server.OpenAsync("/")).Page.QuerySelectorAll("li.item").Length);
    }
}
