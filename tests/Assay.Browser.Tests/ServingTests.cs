using System.Net;
using System.Text.RegularExpressions;

namespace Assay.Browser.Tests;

/// <summary>What a browser is sent, seen without one.</summary>
[Trait("Ring", "browser")]
public sealed partial class ServingTests
{
    [Fact]
    public async Task Pages_forbid_what_is_foreign_and_unchanged_ones_cost_nothing()
    {
        await using var server = await LiveServer.StartAsync();
        await server.FillAsync();
        var token = TestContext.Current.CancellationToken;
        using var first = await server.Http.GetAsync("/", token);
        Assert.Contains("default-src 'none'", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Http.SendAsync(again, token);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);

        await server.PostAsync($"/{LiveServer.Key}/exposures", new { exposures = new[] { new { user_id = "new", variation_index = 0 } } });
        using var changed = new HttpRequestMessage(HttpMethod.Get, "/");
        changed.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await server.Http.SendAsync(changed, token);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Assets_are_kept_for_good_under_their_version_only()
    {
        await using var server = await LiveServer.StartAsync();
        var token = TestContext.Current.CancellationToken;
        var links = Asset().Matches(await server.Http.GetStringAsync("/", token)).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(5, links.Count);
        foreach (var link in links)
        {
            using var answer = await server.Http.GetAsync(link, token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl is { MaxAge.Days: 365 }, link);
        }

        using var old = await server.Http.GetAsync("/assets/000000000000/live.js", token);
        Assert.True(old.Headers.CacheControl!.NoCache);
        using var none = await server.Http.GetAsync("/assets/000000000000/nothing.js", token);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json", "application/problem+json")]
    public async Task An_unknown_experiment_is_told_in_the_reader_s_language(string accepts, string type)
    {
        await using var server = await LiveServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/experiments/nowhere");
        request.Headers.Accept.ParseAdd(accepts);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [GeneratedRegex("/assets/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();
}
