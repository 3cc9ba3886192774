using System.Globalization;
using AngleSharp.Html.Dom;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Drafting;
using Assay.Server.Dashboard.Past;
using Assay.Server.Dashboard.Report;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Dashboard.Wording;

/// <summary>Under the pseudo-locale no word of ours stands outside of its brackets: what does is in no resource.</summary>
public sealed class PseudoPagesTests
{
    private const string Key = "checkout";

    private static readonly string[] Own =
    [
        Key, "draft", "looks", "Checkout redesign", "One page raises purchases", "payments", "control", "one-page", "third", "purchase", "revenue", "refund", "spend_before", "country", "DE", "other", "none", "anonymous", "users", "Because",
        "AtLook", "pages", "value", "http", "localhost", "api", "experiments", "open",
    ];

    private static readonly (string, string) Asked = ("Accept-Language", PseudoLocale.Name);

    public static TheoryData<string> Sheets => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Sheets))]
    public async Task A_page_of_any_state_has_no_text_of_its_own(string name)
    {
        var sheet = Samples.All.Single(sample => sample.Name == name).Sheet;
        var pages = await Language.In(CultureInfo.GetCultureInfo(PseudoLocale.Name), async () => (IHtmlDocument[])
        [
            Rendered.Parse(await Rendered.HtmlAsync(sheet)),
            Rendered.Parse(await Rendered.HtmlAsync((IReadOnlyList<ExperimentSheet>)[sheet])),
            Rendered.Parse(await Rendered.HtmlAsync<ReportPage>((nameof(ReportPage.Sheet), sheet), (nameof(ReportPage.Address), "http://localhost"))),
        ]);
        Assert.All(pages, page => Assert.Empty(PseudoText.Outside(page, [.. Own, .. NamesOf(sheet)])));
    }

    [Fact]
    public async Task A_served_page_has_no_text_of_its_own_nor_has_its_readout()
    {
        await using var server = new HostServer();
        await server.InitializeAsync();
        await FillAsync(server);
        foreach (var path in (string[])[
            "/", "/?q=nowhere", "/?status=running", $"/experiments/{Key}", $"/experiments/{Key}/course", $"/experiments/{Key}/course?metric=revenue", "/experiments/draft", "/experiments/looks", "/plan", $"/plan?from={Key}", "/signin?failed=1", $"/api/v1/experiments/{Key}/report",
            $"/experiments/{Key}/numbers", $"/experiments/{Key}/numbers?metric=revenue", $"/experiments/{Key}/numbers?metric=refund", "/experiments/looks/numbers", "/experiments/draft/numbers", $"/experiments/{Key}/exposures", $"/experiments/{Key}/effects", "/experiments/draft/effects", "/experiments/draft/exposures",
            $"/experiments/{Key}/audit", $"/experiments/{Key}/audit?before=1", $"/experiments/{Key}/amend", "/experiments/draft/amend", $"/experiments/{Key}/edit", "/experiments/draft/edit"])
        {
            var answer = await server.GetAsync(path, Asked, ("Accept", "text/html"));
            Assert.Equal(200, answer.Status);
            var page = Rendered.Parse(answer.Text);
            Assert.True(!PseudoText.Outside(page, Own).Any(), $"{path}: {string.Join(' ', PseudoText.Outside(page, Own))}");
            Assert.Contains("⟦", page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/experiments/nowhere", 404)]
    [InlineData("/plan?from=nowhere", 404)]
    [InlineData("/experiments/checkout/numbers?metric=nope&treatment=nobody&x=1", 400)]
    [InlineData("/experiments/checkout/numbers?reference=perhaps", 400)]
    [InlineData("/experiments/checkout/course?metric=nope", 400)]
    [InlineData("/experiments/checkout/posterior?metric=refund", 400)]
    [InlineData("/experiments/checkout/audit?before=nope", 400)]
    [InlineData("/experiments/checkout/effects?page=9", 400)]
    [InlineData("/experiments/checkout/exposures.svg?chart=nope", 400)]
    public async Task A_page_that_says_why_there_is_none_has_none_either(string path, int status)
    {
        await using var server = new HostServer();
        await server.InitializeAsync();
        await FillAsync(server);
        var (answered, page) = await server.OpenAsync(path, Asked);
        Assert.Equal(status, answered);
        Assert.Empty(PseudoText.Outside(page, Own));
        Assert.Equal(status == 400, page.QuerySelector(".empty li code") is not null);
    }

    [Fact]
    public async Task What_a_form_answers_has_none_either()
    {
        await using var server = new HostServer();
        await server.InitializeAsync();
        await FillAsync(server);
        var plan = (await server.OpenAsync($"/plan?from={Key}", Asked)).Page.QuerySelector("form#plan")!;
        foreach (var show in (string[])["price", "simulate"])
        {
            var (status, _, page) = await server.SubmitAsync("/plan", plan.Filled().Append(("show", show)), Asked);
            Assert.Equal((200, show), (status, page.QuerySelector("#risks") is null ? "price" : "simulate"));
            Assert.Empty(PseudoText.Outside(page, Own));
        }

        var draft = (await server.OpenAsync($"/experiments/draft/{Act.Edit}", Asked)).Page.QuerySelector("form#plan")!;
        foreach (var expected in (int[])[303, 412])
        {
            var (status, location, page) = await server.SubmitAsync($"/experiments/draft/{Act.Edit}", draft.Filled().Append(("show", ShowDraft.Save)), Asked);
            Assert.Equal(expected, status);
            Assert.Empty(PseudoText.Outside(location is null ? page : (await server.OpenAsync(location, Asked)).Page, Own));
        }

        foreach (var typed in ((string, string)[][])[[("decision", "ship")], [("decision", "")], [("decision", "investigate"), ("verdict", "ship")]])
        {
            var (status, _, page) = await server.SubmitAsync($"/experiments/{Key}/{Act.Decide}", typed, Asked);
            Assert.InRange(status, 409, 422);
            Assert.Empty(PseudoText.Outside(page, Own));
        }

        var decide = (await server.OpenAsync($"/experiments/{Key}", Asked)).Page.QuerySelector("#decide form")!;
        Assert.Equal(303, (await server.SubmitAsync($"/experiments/{Key}/{Act.Decide}", decide.Filled(("decision", "keep_running"), ("reason", "Because")), Asked)).Status);
        var amend = (await server.OpenAsync($"/experiments/{Key}/{Act.Amend}", Asked)).Page.QuerySelector("form#plan")!;
        foreach (var show in (string[])["price", "simulate"])
        {
            var (status, _, page) = await server.SubmitAsync($"/experiments/{Key}/{Act.Amend}", amend.Filled().Append(("show", show)), Asked);
            Assert.Equal(200, status);
            Assert.NotNull(page.QuerySelector("#sizing dd"));
            Assert.Empty(PseudoText.Outside(page, Own));
        }

        Assert.Equal(303, (await server.SubmitAsync($"/experiments/{Key}/{Act.Amend}", amend.Filled(("reason", "Because"), ("metrics/mde_pct", "15")).Append(("show", Act.Amend)), Asked)).Status);
        Assert.Empty(PseudoText.Outside((await server.OpenAsync($"/experiments/{Key}?done={Act.Amend}", Asked)).Page, Own));
        var (changed, _, refused) = await server.SubmitAsync($"/experiments/{Key}/{Act.Amend}", amend.Filled(("reason", "Because"), ("metrics/mde_pct", "14")).Append(("show", Act.Amend)), Asked);
        Assert.Equal(412, changed);
        Assert.Empty(PseudoText.Outside(refused, Own));
        foreach (var act in (string[])[Act.Pause, Act.Resume, Act.Stop, Act.Archive])
        {
            Assert.Equal(303, (await server.SubmitAsync($"/experiments/{Key}/{act}", [], Asked)).Status);
            Assert.Empty(PseudoText.Outside((await server.OpenAsync($"/experiments/{Key}?done={act}", Asked)).Page, Own));
        }

        var history = (await server.OpenAsync($"/experiments/{Key}/audit", Asked)).Page;
        Assert.InRange(history.QuerySelectorAll("#history li").Length, 8, 50);
        Assert.Empty(PseudoText.Outside(history, Own));
        foreach (var path in (string[])[$"/experiments/{Key}/course", $"/experiments/{Key}/exposures"]) Assert.Empty(PseudoText.Outside((await server.OpenAsync(path, Asked)).Page, Own));
    }

    [Fact]
    public async Task Every_entry_of_a_history_and_every_mark_is_told_in_the_readers_language()
    {
        var sheet = Samples.Winner();
        HistoryDetail[] details =
        [
            new(),
            new() { Number = 2, Look = 3, Treatment = 1, Variation = 1, Recommended = 1, Units = 1, Metric = "purchase", Decision = "ship", Verdict = "keep_running", Crossed = true, Iteration = 2 },
            .. ((string?[])["ship", "keep_control", "keep_running", "investigate"]).SelectMany(decision => (HistoryDetail[])[new() { Decision = decision, Follows = true, Units = 7 }, new() { Decision = decision, Verdict = "stop_harm" }]),
        ];
        string[] actions = ["created", "replaced", "started", "paused", "resumed", "amended", "stopped", "archived", "deleted", "decided", "verdict_changed", "look_taken", "crossed", "excluded", "exclusion_lifted", "erased", "sealed"];
        var told = Language.In(CultureInfo.GetCultureInfo(PseudoLocale.Name), () => (string[])
        [
            .. actions.SelectMany(action => details.Select(detail => AuditWords.Of(action, sheet.Now, detail, sheet.Experiment))),
            .. ((string[])["open", "assay", "ci"]).Select(AuditWords.Actor), AuditWords.Number(1234), .. ((ChainState[])[new(3, null, "x"), new(1, null, "x"), new(0, null, null), new(2, 7, "x")]).SelectMany(chain => (string[])[AuditWords.State(chain), AuditWords.Sentence(chain)]),
            .. Enum.GetValues<MilestoneKind>().SelectMany(kind => (string[])[MarkWords.Of(new Milestone(default, kind)), MarkWords.Of(new Milestone(default, kind) { Crossed = true, Look = 2, Iteration = 3 })]), MarkWords.Earlier(1), MarkWords.Earlier(2),
        ]);
        Assert.All(told, text => Assert.Matches(@"^⟦.*⟧$", text));
    }

    [Fact]
    public async Task The_search_finds_a_word_that_is_in_no_resource()
    {
        var page = Rendered.Parse("<html><body><p>⟦Áŕɱš <b>mine ⟦ôñé⟧</b>~⟧ and <i title='hint'>mine</i> <code>code</code></p></body></html>");
        Assert.Equal(["and", "hint"], PseudoText.Outside(page, "mine"));
        Assert.Superset(new HashSet<string>(["Experiments", "Main"], StringComparer.Ordinal), PseudoText.Outside(Rendered.Parse(await Rendered.HtmlAsync(Samples.Winner()))).ToHashSet(StringComparer.Ordinal));
    }

    private static async Task FillAsync(HostServer server)
    {
        Assert.Equal(201, (await server.PostAsync("/api/v1/experiments", Design(Key, "always_valid"))).Status);
        Assert.Equal(201, (await server.PostAsync("/api/v1/experiments", Design("draft", "always_valid"))).Status);
        Assert.Equal(201, (await server.PostAsync("/api/v1/experiments", Design("looks", "group_sequential"))).Status);
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/looks/start")).Status);
        Assert.Equal(200, (await server.PostAsync($"/api/v1/experiments/{Key}/start", """{ "started_at": "2026-02-26T00:00:00Z" }""")).Status);
        Assert.Equal(200, (await server.PostAsync($"/api/v1/experiments/{Key}/exposures", $$"""{ "exposures": [ {{string.Join(", ", Enumerable.Range(0, 900).Select(unit => $$"""{ "user_id": "u{{unit}}", "variation_index": {{unit % 3}}, "id": "e{{unit}}", "occurred_at": "2026-02-{{26 + (unit % 3)}}T08:00:00Z", "attributes": { "country": "{{(unit % 2 == 0 ? "DE" : "FR")}}" } }"""))}} ] }""")).Status);
        Assert.Equal(200, (await server.PostAsync($"/api/v1/experiments/{Key}/conversions", $$"""{ "conversions": [ {{string.Join(", ", Enumerable.Range(0, 900).Where(unit => unit % (5 - (unit % 3)) == 0).Select(unit => $$"""{ "user_id": "u{{unit}}", "metric": "purchase", "value": {{unit % 50}}, "idempotency_key": "c{{unit}}", "occurred_at": "2026-02-{{26 + (unit % 3)}}T09:00:00Z" }"""))}} ] }""")).Status);
    }

    private static string Design(string key, string analysis) => $$"""
        {
          "key": "{{key}}", "name": "Checkout redesign",
          "hypothesis": { "statement": "One page raises purchases", "owner": "payments" },
          "setup": { "variations": [ { "key": "control" }, { "key": "one-page" }, { "key": "third" } ], "expected_daily_traffic": 5000, "segments": [ { "attribute": "country", "values": [ "DE" ] } ] },
          "metrics": {
            "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 20, "attribution_window_hours": 24,
            "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "std_dev": 20 } ],
            "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10, "baseline_value": 0.05 } ],
            "covariates": [ { "name": "spend_before", "source": "pre_period" } ]
          },
          "constraints": { "analysis": "{{analysis}}" }
        }
        """;

    /// <summary>What a sample is called, and the sentences that its readout was given by hand.</summary>
    private static IEnumerable<string> NamesOf(ExperimentSheet sheet) =>
    [
        sheet.Experiment.Key, sheet.Design.Name, sheet.Design.Hypothesis?.Statement ?? "", sheet.Design.Hypothesis?.Owner ?? "", sheet.Design.Setup.Unit,
        .. sheet.Design.Setup.Variations.Select(variation => variation.Key), .. sheet.Design.Metrics.All.Select(metric => metric.Name),
        .. sheet.Readout is not { } readout ? [] : (IEnumerable<string>)
        [
            .. readout.Guardrails.Metrics.Select(metric => metric.Name), readout.Disclaimer, readout.Srm.Verdict, readout.Verdict.Sentence, .. readout.Verdict.Reasons.Select(reason => reason.Sentence),
            .. readout.Health.Checks.SelectMany(check => (string[])[check.Title, check.Detail, check.Action ?? ""]),
            .. readout.Segments.Attributes.SelectMany(segment => segment.Values.Select(value => value.Value).Prepend(segment.Attribute)),
        ],
    ];
}
