using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Assay.Browser.Tests.Journeys;

/// <summary>An experiment is planned and started on the pages, traffic comes over HTTP, and the open page comes to its verdict by itself.</summary>
[Trait("Ring", "browser")]
public sealed class VerdictTests(Browsing browsing) : IClassFixture<Browsing>
{
    private static readonly (string Name, string Value)[] Guardrail =
        [("more/0/name", "refund"), ("more/0/role", "guardrails"), ("more/0/direction", "decrease"), ("more/0/baseline_value", "0.1"), ("more/0/non_inferiority_margin_pct", "10")];

    [Fact]
    public async Task A_true_gain_is_shipped_and_the_decision_stands()
    {
        await using var story = await Story.BeginAsync(browsing, "a-gain");
        await story.SendAsync(arm: 0, units: 1500, ("purchase", 20));
        await story.SendAsync(arm: 1, units: 1500, ("purchase", 30));
        await Expect(story.Page.Locator("#sample-ratio")).ToContainTextAsync("1,500");
        await Expect(story.Verdict.Locator("h2 .pill")).ToHaveTextAsync("… Keep running");

        story.LetWindowsClose();
        await Expect(story.Verdict.Locator("h2 .pill")).ToHaveTextAsync("✓ Ship");
        await Expect(story.Verdict.Locator(".verdict")).ToHaveTextAsync("Ship treatment: it is better on purchase.");
        await Expect(story.Page.Locator("#headline-text")).ToContainTextAsync("treatment");
        await story.StayedAsync();
        await story.ListedAsync(browsing, "Ready to decide");

        await story.Page.Locator("#decide > summary").ClickAsync();
        await story.Page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("ship");
        await story.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this decision" }).ClickAsync();
        await Expect(story.Page.Locator("#decided")).ToContainTextAsync("Decided: ship treatment.");
        await Expect(story.Page.Locator("#decided")).ToContainTextAsync("as the verdict said");
        await story.Page.GotoAsync($"/experiments/{story.Key}");
        await Expect(story.Page.Locator("#decided")).ToContainTextAsync("Decided: ship treatment.");
    }

    [Fact]
    public async Task A_broken_guardrail_stops_it_whatever_the_primary_gains()
    {
        await using var story = await Story.BeginAsync(browsing, "a-harm", Guardrail);
        await story.SendAsync(arm: 0, units: 1500, ("purchase", 20), ("refund", 10));
        await story.SendAsync(arm: 1, units: 1500, ("purchase", 30), ("refund", 18));

        story.LetWindowsClose();
        await Expect(story.Verdict.Locator("h2 .pill")).ToHaveTextAsync("! Stop: harm");
        await Expect(story.Verdict.Locator(".verdict")).ToHaveTextAsync("Stop: treatment does harm.");
        await Expect(story.Page.Locator("#reason-guardrail-harm")).ToContainTextAsync("refund");
        await Expect(story.Page.Locator("#guardrails tbody tr")).ToContainTextAsync("! Harm");
        await story.StayedAsync();
        await story.ListedAsync(browsing, "Harm shown");
    }

    [Fact]
    public async Task Units_that_come_sixty_to_forty_are_investigated_before_a_window_has_closed_and_after()
    {
        await using var story = await Story.BeginAsync(browsing, "a-fault");
        await story.SendAsync(arm: 0, units: 1800, ("purchase", 20));
        await story.SendAsync(arm: 1, units: 1200, ("purchase", 30));
        await InvestigatedAsync(story, "It is there among the exposures as they arrive: it starts before them");

        // A true gain changes nothing: no answer is read off units that are not comparable.
        story.LetWindowsClose();
        await Expect(story.Page.Locator("#headline dd[title='3,000']")).ToHaveCountAsync(2);
        await InvestigatedAsync(story, "It is there among the exposures as they arrive: it starts before them");
    }

    [Fact]
    public async Task Units_of_one_arm_that_are_refused_are_investigated_where_they_are_taken_in()
    {
        await using var story = await Story.BeginAsync(browsing, "a-refusal");
        await story.SendRefusedAsync(arm: 1, units: 600);
        await story.SendAsync(arm: 0, units: 1800);
        await story.SendAsync(arm: 1, units: 1200);
        await InvestigatedAsync(story, "The exposures as they arrive do not show it: it starts where they are taken in");
    }

    [Fact]
    public async Task Planned_looks_lock_the_decision_until_the_first_and_tell_it()
    {
        await using var story = await Story.BeginAsync(browsing, "by-looks", ("constraints/analysis", "group_sequential"), ("constraints/n_looks", "2"));
        await story.SendAsync(arm: 0, units: 400, ("purchase", 20));
        await story.SendAsync(arm: 1, units: 400, ("purchase", 30));
        story.LetWindowsClose();
        await Expect(story.Page.Locator("#headline-text")).ToHaveTextAsync("No answer yet: the first planned look is not reached.");
        await Expect(story.Page.Locator("#headline .detail").First).ToContainTextAsync("first at 50%");
        await Expect(story.Verdict.Locator("#reason-locked")).ToBeVisibleAsync();
        await Expect(story.Page.Locator("#looks .scroll tbody tr").Last).ToContainTextAsync("none taken yet");
        await Expect(story.Page.Locator("#looks .spot")).ToHaveCountAsync(0);

        await story.SendAsync(arm: 0, units: 800, ("purchase", 20));
        await story.SendAsync(arm: 1, units: 800, ("purchase", 30));
        story.LetWindowsClose();
        await Expect(story.Page.Locator("#looks .scroll tbody tr").Last).ToContainTextAsync("crossed at look 1");
        await Expect(story.Page.Locator("#looks .spot.crossed")).ToHaveCountAsync(1);
        await Expect(story.Verdict.Locator(".verdict")).ToHaveTextAsync("Ship treatment: it is better on purchase.");
        await story.StayedAsync();
        await story.Page.GetByRole(AriaRole.Link, new() { Name = "Course of every metric and variation" }).ClickAsync();
        await Expect(story.Page.Locator("#course .look text")).ToHaveTextAsync("look 1, crossed");
    }

    private async Task InvestigatedAsync(Story story, string stage)
    {
        await Expect(story.Verdict.Locator("h2 .pill")).ToHaveTextAsync("! Investigate");
        await Expect(story.Verdict.Locator(".verdict")).ToContainTextAsync("Sample ratio");
        await Expect(story.Page.Locator("#health-sample-ratio")).ToContainTextAsync(stage);
        await story.StayedAsync();
        await story.ListedAsync(browsing, "Sample ratio alarm");
    }
}
