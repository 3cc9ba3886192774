using System.Text.RegularExpressions;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Which language a page is in, and that nothing but pages is in any other than English.</summary>
public sealed partial class LanguageTests : IAsyncLifetime
{
    private const string Page = "/experiments/checkout";

    private readonly HostServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.StartExperimentAsync("checkout");
        var exposures = string.Join(", ", Enumerable.Range(0, 3000).Select(unit => $$"""{ "user_id": "u{{unit}}", "variation_index": {{unit % 2}}, "id": "e{{unit}}" }"""));
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/checkout/exposures", $$"""{ "exposures": [ {{exposures}} ] }""")).Status);
        var conversions = string.Join(", ", Enumerable.Range(0, 3000).Where(unit => unit % 7 == 0).Select(unit => $$"""{ "user_id": "u{{unit}}", "metric": "purchase", "idempotency_key": "c{{unit}}" }"""));
        Assert.Equal(200, (await _server.PostAsync("/api/v1/experiments/checkout/conversions", $$"""{ "conversions": [ {{conversions}} ] }""")).Status);
        _server.Clock.Advance(TimeSpan.FromDays(3));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("", "en", "", "2 Mar 2026, 10:30 UTC", "1,500")]
    [InlineData("en", "en", "", "2 Mar 2026, 10:30 UTC", "1,500")]
    [InlineData("tlh, *;q=0.1", "en", "", "2 Mar 2026, 10:30 UTC", "1,500")]
    [InlineData("en-GB", "en-GB", "", "2 Mar 2026, 10:30 UTC", "1,500")]
    [InlineData("en-US,en;q=0.9", "en-US", "", "Mar 2, 2026, 10:30 AM UTC", "1,500")]
    [InlineData("tlh, en-DE;q=0.5, en;q=0.4", "en-DE", "", "2 Mar 2026, 10:30 UTC", "1.500")]
    [InlineData("qps-ploc", "en-x-ploc", "", "2 Mar 2026, 10:30 ÛŢÇ ~", "1,500")]
    [InlineData("qps-plocm", "en-x-plocm", "rtl", "2 Mar 2026, 10:30 ÛŢÇ ~", "1,500")]
    public async Task A_page_speaks_the_first_accepted_language_that_there_is_and_writes_numbers_and_dates_so(string accepted, string language, string direction, string moment, string count)
    {
        var answer = await AskAsync(Page, accepted);
        var page = Rendered.Parse(answer.Text);
        Assert.Equal((200, language, direction), (answer.Status, page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir") ?? ""));
        Assert.Equal(moment, page.QuerySelector("#title time")!.TextContent.Trim('⟦', '⟧').Replace('\u202F', ' ').Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal));
        Assert.Equal(count, page.QuerySelector("#arms tbody td.num.reference")!.TextContent);
        Assert.Equal("Accept-Language", answer.Headers["Vary"]);
    }

    [Fact]
    public async Task A_tag_is_of_one_language()
    {
        string[] languages = ["en", "en-GB", "qps-ploc", "qps-plocm"];
        foreach (var path in (string[])[Page, "/", "/api/v1/experiments/checkout/report"])
        {
            var tags = new List<string>();
            foreach (var language in languages) tags.Add((await AskAsync(path, language)).ETag);
            Assert.Equal(languages.Length, tags.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(tags[0], (await AskAsync(path, "tlh")).ETag);
            Assert.Equal(304, (await _server.GetAsync(path, ("Accept-Language", "en"), ("Accept", "text/html"), ("If-None-Match", tags[0]))).Status);
            Assert.Equal(200, (await _server.GetAsync(path, ("Accept-Language", "qps-ploc"), ("Accept", "text/html"), ("If-None-Match", tags[0]))).Status);
        }
    }

    [Theory]
    [InlineData("/api/v1/experiments")]
    [InlineData("/api/v1/experiments/checkout/live-stats")]
    [InlineData("/api/v1/experiments/checkout/timeline")]
    [InlineData("/api/v1/experiments/checkout/exposure-days")]
    [InlineData("/api/v1/experiments/checkout/verdicts")]
    [InlineData("/api/v1/experiments/checkout/report?format=json")]
    [InlineData("/api/v1/experiments/checkout/report?format=markdown")]
    [InlineData("/api/v1/experiments/checkout/report?format=csv")]
    [InlineData("/docs")]
    public async Task The_api_speaks_english_to_everybody(string path)
    {
        var plain = await AskAsync(path, "");
        Assert.Equal(200, plain.Status);
        foreach (var language in (string[])["qps-ploc", "en-DE"]) Assert.Equal((plain.Text, plain.Headers.GetValueOrDefault("ETag")), ((await AskAsync(path, language)).Text, (await AskAsync(path, language)).Headers.GetValueOrDefault("ETag")));
    }

    [Fact]
    public async Task What_a_page_in_another_language_has_recorded_is_english()
    {
        var form = Rendered.Parse((await AskAsync(Page, "qps-ploc")).Text).QuerySelector("#decide form")!;
        Assert.Equal(303, (await _server.SubmitAsync($"{Page}/decide", form.Filled(("decision", "keep_running"), ("reason", "Because.")), ("Accept-Language", "qps-ploc"))).Status);
        var decisions = (await _server.GetAsync("/api/v1/experiments/checkout/decisions")).Text;
        Assert.Contains("Because.", decisions, StringComparison.Ordinal);
        Assert.DoesNotContain("⟦", decisions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_and_pictures_have_the_same_numbers_in_every_country()
    {
        var plan = Rendered.Parse((await AskAsync("/plan?from=checkout", "en-DE")).Text);
        Assert.Equal("0.042", plan.QuerySelector("[name='metrics/baseline_value']")!.GetAttribute("value"));
        foreach (var path in (string[])[Page, $"{Page}/course", $"{Page}/exposures", "/"])
        {
            var places = Rendered.Parse((await AskAsync(path, "en-DE")).Text).QuerySelectorAll("svg *").SelectMany(mark => mark.Attributes).Where(attribute => attribute.Name is "x" or "x1" or "x2" or "y" or "y1" or "y2" or "cx" or "cy" or "width" or "d" or "r").ToList();
            Assert.NotEmpty(places);
            Assert.DoesNotContain(places, place => place.Value.Contains(',', StringComparison.Ordinal));
        }

        Assert.Contains(Rendered.Parse((await AskAsync(Page, "en-DE")).Text).QuerySelectorAll("td.num").Select(cell => cell.TextContent), text => Decimal().IsMatch(text));
    }

    [Fact]
    public async Task Numbers_are_rounded_as_the_country_writes_them_and_their_digits_are_the_same_everywhere()
    {
        var (plain, german) = (Rendered.Parse((await AskAsync($"{Page}/numbers", "en")).Text), Rendered.Parse((await AskAsync($"{Page}/numbers", "en-DE")).Text));
        var digits = german.QuerySelectorAll("table.derived td.num small").Select(cell => cell.TextContent).ToList();
        Assert.Equal(plain.QuerySelectorAll("table.derived td.num small").Select(cell => cell.TextContent), digits);
        Assert.Contains(digits, text => text.Length > 15);
        Assert.All(digits, text => Assert.DoesNotContain(',', text));
        var rounded = german.QuerySelectorAll("table.derived data").Select(data => data.TextContent).ToList();
        Assert.Contains(rounded, text => Decimal().IsMatch(text));
        Assert.Contains("1.500", rounded);
        Assert.Contains("1,500", plain.QuerySelectorAll("table.derived data").Select(data => data.TextContent));
    }

    [Fact]
    public async Task Days_and_counts_of_arms_over_time_are_as_the_country_writes_them()
    {
        var (plain, german) = (Rendered.Parse((await AskAsync($"{Page}/exposures", "en-US")).Text), Rendered.Parse((await AskAsync($"{Page}/exposures", "en-DE")).Text));
        Assert.Equal("Mar 2, 2026", plain.QuerySelector("#values tbody time[datetime='2026-03-02']")!.TextContent);
        Assert.Equal("2 Mar 2026", german.QuerySelector("#values tbody time[datetime='2026-03-02']")!.TextContent);
        Assert.StartsWith("1.500", german.QuerySelector("#values tbody tr:not(.happened) td")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("1,500", plain.QuerySelector("#values tbody tr:not(.happened) td")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Accept-Language", (await AskAsync($"{Page}/exposures.svg", "en-DE")).Headers["Vary"]);
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_told_in_the_readers_language()
    {
        var page = Rendered.Parse((await AskAsync("/experiments/nowhere", "qps-plocm")).Text);
        Assert.Equal(("en-x-plocm", "rtl"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Contains("⟦", page.QuerySelector("main a")!.TextContent, StringComparison.Ordinal);
    }

    private Task<Answer> AskAsync(string path, string accepted) =>
        accepted.Length == 0 ? _server.GetAsync(path, ("Accept", "text/html")) : _server.GetAsync(path, ("Accept", "text/html"), ("Accept-Language", accepted));

    [GeneratedRegex(@"\d,\d\d", RegexOptions.None, 1000)]
    private static partial Regex Decimal();
}
