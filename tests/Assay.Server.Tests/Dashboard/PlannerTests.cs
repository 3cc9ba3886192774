using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Assay.Server.Storage;
using Assay.Server.Tests.Access;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard;

public sealed class PlannerTests : IAsyncLifetime
{
    private const string Planner = "/plan";

    private static readonly (string, string)[] Good =
    [
        ("name", "Checkout redesign"), ("hypothesis/statement", "One page raises purchases"), ("setup/variations/1/key", "one-page"), ("setup/expected_daily_traffic", "4000"),
        ("metrics/primary_metric_name", "purchase"), ("metrics/baseline_value", "0.2"), ("metrics/mde_pct", "10"),
    ];

    private readonly HostServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_price_is_that_of_the_api_and_no_key_is_needed_for_it()
    {
        var (status, _, page) = await _server.SubmitAsync(Planner, await FilledAsync(Good));
        Assert.Equal(200, status);
        var plan = (await _server.PostAsync("/api/v1/plan", """
            { "key": "x", "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ], "expected_daily_traffic": 4000 },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.2, "mde_pct": 10 } }
            """)).Body;
        var size = plan.GetProperty("planned_sample_sizes")[0].GetInt64().ToString("N0", CultureInfo.InvariantCulture);
        Assert.Equal(size, page.QuerySelectorAll("#sizing dd")[0].TextContent);
        Assert.Contains($"{size} units in each of 2 arms, {plan.GetProperty("duration_days")} days.", page.QuerySelector("#takes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(8, page.QuerySelectorAll("#weeks tbody tr").Length);
        Assert.Null(page.QuerySelector("#risks"));
        Assert.Equal("One page raises purchases", page.QuerySelector("[name='hypothesis/statement']")!.TextContent);
    }

    [Fact]
    public async Task Planned_looks_are_told_with_their_bounds_and_kept_in_the_draft()
    {
        var (status, _, page) = await _server.SubmitAsync(Planner, await FilledAsync([.. Good, ("constraints/analysis", "group_sequential"), ("constraints/n_looks", "3"), ("constraints/spending", "pocock")]));
        Assert.Equal(200, status);
        var bounds = page.QuerySelectorAll("#boundaries tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))).ToList();
        Assert.Equal(3, bounds.Count);
        Assert.StartsWith("1 33.3% 2.2", bounds[0], StringComparison.Ordinal);
        Assert.EndsWith("0.05000", bounds[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curve_has_a_table_and_a_sentence_and_stays_a_small_picture()
    {
        var page = (await _server.SubmitAsync(Planner, await FilledAsync(Good))).Page;
        var picture = page.QuerySelector("svg.curve")!;
        Assert.StartsWith("M0 ", picture.QuerySelector("path")!.GetAttribute("d"), StringComparison.Ordinal);
        Assert.Contains("80.0% at 10.0%", picture.QuerySelector("title")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(21, page.QuerySelectorAll("#curve-table tbody tr").Length);
        Assert.InRange(picture.QuerySelectorAll("*").Length, 5, 400);
        Assert.InRange(Encoding.UTF8.GetByteCount(page.DocumentElement.OuterHtml), 1_000, 60 * 1024);
    }

    [Fact]
    public async Task The_risks_are_those_of_the_simulation_of_the_api()
    {
        var form = (await FilledAsync([.. Good, ("metrics/mde_pct", "40")])).Append(("show", "simulate"));
        var page = (await _server.SubmitAsync(Planner, form)).Page;
        var simulated = (await _server.PostAsync("/api/v1/plan/simulate", """
            { "key": "x", "setup": { "variations": [ { "key": "control" }, { "key": "one-page" } ], "expected_daily_traffic": 4000 },
              "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.2, "mde_pct": 40 } }
            """)).Body.GetProperty("effects").EnumerateArray().Select(effect => effect.GetProperty("ship").GetDouble()).ToList();
        var shown = page.QuerySelectorAll("#risks tbody tr").Select(row => row.QuerySelector("td")!.TextContent).ToList();
        Assert.Equal(7, shown.Count);
        Assert.Equal(simulated.Select(rate => Assay.Server.Dashboard.Figures.Share(rate)), shown);
    }

    [Fact]
    public async Task Every_error_stands_beside_its_field_and_nothing_that_was_typed_is_lost()
    {
        (string, string)[] typed =
        [
            ("key", "Not A Key"), ("setup/traffic_split/0", "half"), ("metrics/alpha", "2"), ("metrics/baseline_value", "0,04"),
            ("more/1/name", "refund"), ("more/1/role", "guardrails"), ("more/1/non_inferiority_margin_pct", "-1"), ("constraints/analysis", "fixed_horizon"), ("constraints/n_looks", "5"),
        ];
        var sent = (await FilledAsync(typed)).ToList();
        var (status, _, page) = await _server.SubmitAsync("/experiments", sent);
        Assert.Equal(422, status);
        var wrong = page.QuerySelectorAll("[aria-invalid=true]").Select(field => field.GetAttribute("name")).ToList();
        Assert.Equal(
            ["key", "setup/traffic_split/0", "setup/traffic_split/1", "metrics/primary_metric_name", "more/1/non_inferiority_margin_pct", "metrics/baseline_value", "metrics/mde_pct", "metrics/alpha", "constraints/n_looks"], wrong);
        Assert.All(page.QuerySelectorAll("[aria-invalid=true]"), field => Assert.NotEmpty(page.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent));
        Assert.All(page.QuerySelectorAll("#wrong[role=alert] li a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        var again = page.QuerySelector("#plan")!.Filled().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        Assert.All(sent, field => Assert.Equal(field.Value, again[field.Name]));
    }

    [Fact]
    public async Task An_error_calls_its_field_by_the_label_that_stands_there()
    {
        (string, string)[] typed =
        [
            ("key", "Not A Key"), ("setup/variations/1/key", "control"), ("setup/traffic_split/0", "half"), ("setup/traffic_allocation", "2"), ("metrics/attribution_window_hours", "x"), ("metrics/baseline_value", "no"), ("metrics/std_dev", "0"),
            ("more/1/name", "refund"), ("more/1/role", "guardrails"), ("more/1/non_inferiority_margin_pct", "-1"), ("more/1/window_hours", "0"), ("metrics/mde_pct", "0"), ("metrics/power", "1"), ("constraints/n_looks", "99"),
        ];
        var page = (await _server.SubmitAsync("/experiments", await FilledAsync(typed))).Page;
        var wrong = page.QuerySelectorAll("#wrong li").ToList();
        Assert.InRange(wrong.Count, typed.Length - 1, 20);
        Assert.All(wrong, item =>
        {
            var field = page.GetElementById(item.QuerySelector("a")!.GetAttribute("href")![1..])!;
            Assert.EndsWith(page.QuerySelector($"label[for='{field.Id}']")!.TextContent, item.QuerySelector("a")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain('/', item.TextContent);
        });
        Assert.Contains(wrong, item => item.TextContent.Trim() == "Metric 3: Margin, %: The number must be 0 or more and less than 100.");
        Assert.Contains(wrong, item => item.TextContent.Trim() == "Weight of the control: A number is wanted: 'half' is none.");
        Assert.Contains(wrong, item => item.TextContent.Trim().StartsWith("Weight of variation 1: A number is wanted, as in the other fields", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "10%", "0.5", null)]
    [InlineData("en", " 10 % ", "0.5", null)]
    [InlineData("en", "10", "0,5", "A number is wanted: '0,5' is none. Decimals stand after a point")]
    [InlineData("en-DE", "10%", "0,5", null)]
    [InlineData("en-DE", "10", "0.5", null)]
    [InlineData("en-DE", "10.000", "0.5", "A number is wanted, and '10.000' may be 10000 or 10: write it as one of them.")]
    [InlineData("en-DE", "1,000 %", "0.5", "A number is wanted, and '1,000 %' may be 1000 or 1: write it as one of them.")]
    [InlineData("en", "10", "50%", "A number is wanted: '50%' is none.")]
    [InlineData("en", "1e400", "0.5", "A number is wanted: '1e400' is none.")]
    public async Task A_number_is_read_as_its_reader_writes_it(string language, string mde, string allocation, string? error)
    {
        var form = await FilledAsync([.. Good, ("metrics/mde_pct", mde), ("setup/traffic_allocation", allocation)]);
        var (status, _, page) = await _server.SubmitAsync(Planner, form, ("Accept-Language", language));
        Assert.Equal(error is null ? 200 : 422, status);
        Assert.StartsWith(error is null ? "" : "! " + error, page.QuerySelector(".field .error")?.TextContent ?? "", StringComparison.Ordinal);
        if (error is not null) return;
        var plain = (await _server.SubmitAsync(Planner, await FilledAsync([.. Good, ("metrics/mde_pct", "10"), ("setup/traffic_allocation", "0.5")]))).Page;
        foreach (var fact in (int[])[0, 3]) Assert.Equal(plain.QuerySelectorAll("#sizing dd")[fact].TextContent, page.QuerySelectorAll("#sizing dd")[fact].TextContent.Replace('.', ','));
    }

    [Fact]
    public async Task Only_what_a_design_may_say_can_be_chosen()
    {
        var page = (await _server.OpenAsync(Planner)).Page;
        Assert.Equal(["binary", "continuous", "count"], page.QuerySelectorAll("[name='metrics/metric_type'] option").Select(option => option.GetAttribute("value")));
        Assert.Equal(["binary", "continuous", "count"], page.QuerySelectorAll("[name='more/0/metric_type'] option").Select(option => option.GetAttribute("value")));
    }

    [Theory]
    [InlineData("", "", "a margin of 0% allows no loss")]
    [InlineData("0", "0.1", "a margin of 0% allows no loss")]
    [InlineData("10", "", "its baseline is missing")]
    public async Task A_guardrail_without_a_size_says_why(string margin, string baseline, string why)
    {
        var page = (await _server.SubmitAsync(Planner, await FilledAsync([.. Good, ("more/0/name", "refund"), ("more/0/role", "guardrails"), ("more/0/non_inferiority_margin_pct", margin), ("more/0/baseline_value", baseline)]))).Page;
        Assert.Contains(why, page.QuerySelectorAll("#sizing dl > div").Single(row => row.TextContent.Contains("refund", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_kept_as_the_api_keeps_it_and_its_page_follows()
    {
        var (status, location, _) = await _server.SubmitAsync("/experiments", await FilledAsync([.. Good, ("key", "checkout"), ("more/0/name", "refund"), ("more/0/role", "guardrails"), ("more/0/direction", "decrease"), ("more/0/non_inferiority_margin_pct", "10")]));
        Assert.Equal((303, "/experiments/checkout?done=create#acts"), (status, location));
        var kept = (await _server.GetAsync("/api/v1/experiments/checkout")).Body;
        Assert.Equal(("draft", "refund", 10), (kept.GetProperty("status").GetString(), kept.GetProperty("design").GetProperty("metrics").GetProperty("guardrails")[0].GetProperty("name").GetString(), kept.GetProperty("design").GetProperty("metrics").GetProperty("guardrails")[0].GetProperty("non_inferiority_margin_pct").GetDouble()));
        Assert.Contains("Kept as a draft", (await _server.OpenAsync(location!)).Page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);

        var taken = await _server.SubmitAsync("/experiments", await FilledAsync([.. Good, ("key", "checkout")]));
        Assert.Equal((409, "key"), (taken.Status, taken.Page.QuerySelector("[aria-invalid=true]")!.GetAttribute("name")));
    }

    [Fact]
    public async Task A_plan_used_again_makes_the_same_design_but_for_its_key()
    {
        Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Rich)).Status);
        var form = (await _server.OpenAsync($"{Planner}?from=rich")).Page.QuerySelector("#plan")!;
        var sent = await _server.SubmitAsync("/experiments", form.Filled(("key", "again")));
        Assert.Equal(303, sent.Status);
        JsonElement first = await DesignAsync("rich"), second = await DesignAsync("again");
        Assert.Equal(first.GetRawText(), second.GetRawText().Replace("\"key\":\"again\"", "\"key\":\"rich\"", StringComparison.Ordinal));
        Assert.Equal(404, (await _server.OpenAsync($"{Planner}?from=nowhere")).Status);
    }

    [Fact]
    public async Task What_followed_from_the_old_numbers_follows_from_the_new_ones()
    {
        Assert.Equal(201, (await _server.PostAsync("/api/v1/experiments", DesignText.Minimal("old", mdePct: 5))).Status);
        var form = (await _server.OpenAsync($"{Planner}?from=old")).Page.QuerySelector("#plan")!;
        Assert.Equal(303, (await _server.SubmitAsync("/experiments", form.Filled(("key", "new-one"), ("metrics/mde_pct", "20")))).Status);
        Assert.Equal(20, (await DesignAsync("new-one")).GetProperty("policy").GetProperty("futility_effect_pct").GetDouble());
    }

    [Fact]
    public async Task Who_may_only_read_prices_a_plan_and_keeps_none()
    {
        var read = ("Cookie", $"assay_key={await KeyMaker.CreateAsync(_server, AccessScope.Read)}");
        var form = (await _server.OpenAsync(Planner, read)).Page.QuerySelector("#plan")!;
        Assert.Empty(form.QuerySelectorAll("[formaction]"));
        Assert.Equal(200, (await _server.SubmitAsync(Planner, form.Filled(Good), read)).Status);
        Assert.Equal(403, (await _server.SubmitAsync("/experiments", form.Filled([.. Good, ("key", "kept")]), read)).Status);
        Assert.Equal(403, (await _server.SubmitAsync("/experiments", form.Filled([.. Good, ("key", "kept")]), ("Origin", "https://evil.example"))).Status);
    }

    private async Task<JsonElement> DesignAsync(string key) => (await _server.GetAsync($"/api/v1/experiments/{key}")).Body.GetProperty("design");

    private async Task<IEnumerable<(string Name, string Value)>> FilledAsync(params (string Name, string Value)[] typed) => (await _server.OpenAsync(Planner)).Page.QuerySelector("#plan")!.Filled(typed);
}
