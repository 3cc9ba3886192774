using Assay.Analysis.Calibration;
using Assay.Analysis.Designs;
using Assay.Analysis.Tests.Designs;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Tests.Verdicts;

/// <summary>The policy simulated: its promises are judged by exact binomial tails, a disagreement by chance having one in a thousand.</summary>
public sealed class OperatingCharacteristicsTests
{
    private const int Runs = 1000;

    private static string Design(string analysis, string metrics = "", string setup = "", string type = "\"binary\", \"baseline_value\": 0.1") => $$"""
        {
          "key": "simulated",
          "setup": { "variations": [ { "key": "a" }, { "key": "b" } ]{{setup}} },
          "metrics": { "primary_metric_name": "bought", "metric_type": {{type}}, "mde_pct": 10{{metrics}} },
          "constraints": { "analysis": "{{analysis}}" }
        }
        """;

    private const string Guardrails = """
        , "guardrails": [
            { "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 15, "baseline_value": 0.1 },
            { "name": "visits", "metric_type": "count", "non_inferiority_margin_pct": 4, "baseline_value": 3 } ]
        """;

    public static TheoryData<string> Plain => new()
    {
        Design("always_valid"),
        Design("fixed_horizon"),
        Design("fixed_horizon", type: "\"continuous\", \"baseline_value\": 50, \"std_dev\": 80"),
        Design("always_valid", setup: ", \"traffic_split\": [3, 1]", type: "\"count\", \"direction\": \"decrease\", \"baseline_value\": 2"),
    };

    public static TheoryData<string> Guarded => new() { Design("always_valid", Guardrails), Design("fixed_horizon", Guardrails) };

    private static SimulatedEffect At(OperatingCharacteristics answer, double multiple) => answer.Effects.Single(effect => Math.Abs(effect.EffectPct - (10 * multiple)) < 1e-9);

    private static Tally Count(double share) => Tally.Of((long)Math.Round(share * Runs), Runs);

    [Theory]
    [MemberData(nameof(Plain))]
    [MemberData(nameof(Guarded))]
    public void Without_an_effect_it_ships_at_most_half_of_alpha_and_at_the_mde_it_has_the_planned_power(string document)
    {
        var answer = OperatingCharacteristics.Of(Documents.Design(document), Runs, seed: 1);
        var none = At(answer, 0);
        Assert.True(new Claim.AtMost(0.025).Agrees(Count(none.Ship)), $"ships nothing's worth {none.Ship}");
        Assert.True(new Claim.AtLeast(0.78).Agrees(Count(At(answer, 1).Ship)), $"ships the MDE {At(answer, 1).Ship}");
        Assert.True(At(answer, 2).Ship > At(answer, 1).Ship && At(answer, 1).Ship > At(answer, 0.5).Ship);
        Assert.All(answer.Effects, effect => Assert.Equal(1, effect.Ship + effect.StopHarm + effect.NoWorthwhileEffect + effect.Inconclusive, 1e-9));
        Assert.All(answer.Effects, effect => Assert.True(new Claim.AtMost(0.05).Agrees(Count(effect.Wrong)), $"errs {effect.Wrong} at {effect.EffectPct}"));
        Assert.Empty(answer.NotSimulated);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    [MemberData(nameof(Guarded))]
    public void A_plan_of_half_the_size_would_be_seen_to_lack_its_power(string document)
    {
        var design = Documents.Design(document);
        var plan = Pricing.Price(design);
        var half = plan with { PlannedSampleSizes = [.. plan.PlannedSampleSizes.Select(size => size / 2)] };
        var answer = OperatingCharacteristics.Of(design, half, Runs, seed: 1, CancellationToken.None);
        Assert.False(new Claim.AtLeast(0.78).Agrees(Count(At(answer, 1).Ship)));
    }

    [Fact]
    public void A_true_loss_is_stopped_and_the_better_the_effect_the_sooner_an_any_look_test_ends()
    {
        var answer = OperatingCharacteristics.Of(Documents.Design(Design("always_valid", setup: ", \"expected_daily_traffic\": 4000")), Runs, seed: 3);
        // An interval that has left the MDE behind comes before one that has left 0: most losses end as nothing worthwhile.
        Assert.InRange(At(answer, -1).StopHarm + At(answer, -1).NoWorthwhileEffect, 0.95, 1);
        Assert.Equal(0, At(answer, -1).Ship);
        Assert.InRange(At(OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon")), Runs, 3), -1).StopHarm, 0.75, 0.85);
        Assert.True(At(answer, 2).ExpectedShareOfPlan < 0.5);
        Assert.True(At(answer, 2).ExpectedDays < At(answer, 1).ExpectedDays);
        var days = DesignQuote.Of(Documents.Design(Design("always_valid", setup: ", \"expected_daily_traffic\": 4000"))).DurationDays!.Value;
        Assert.Equal((days * At(answer, 1).ExpectedShareOfPlan) + 3, At(answer, 1).ExpectedDays!.Value, 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_answer_and_another_another()
    {
        var design = Documents.Design(Design("always_valid"));
        Assert.Equal(OperatingCharacteristics.Of(design, 50, 7).Effects, OperatingCharacteristics.Of(design, 50, 7).Effects);
        Assert.NotEqual(OperatingCharacteristics.Of(design, 50, 7).Effects, OperatingCharacteristics.Of(design, 50, 8).Effects);
    }

    [Fact]
    public void A_fixed_test_is_read_at_its_end()
    {
        var answer = OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon")), 100, 1);
        Assert.All(answer.Effects, effect => Assert.Equal(1, effect.ExpectedShareOfPlan));
    }

    [Fact]
    public void A_declared_minimum_makes_shipping_harder()
    {
        var plain = At(OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon")), Runs, 1), 1).Ship;
        var minimum = At(OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon", ", \"minimum_effect_pct\": 5")), Runs, 1), 1).Ship;
        Assert.True(minimum < plain - 0.2);
    }

    [Fact]
    public void A_posterior_never_ships()
    {
        var answer = OperatingCharacteristics.Of(Documents.Design(Design("bayesian")), 50, 1);
        Assert.All(answer.Effects, effect => Assert.Equal((0, 1), (effect.Ship, effect.Inconclusive)));
    }

    [Fact]
    public void Several_treatments_share_the_error_rate()
    {
        var document = """
            { "key": "many", "setup": { "variations": [ { "key": "a" }, { "key": "b" }, { "key": "c" }, { "key": "d" } ] },
              "metrics": { "primary_metric_name": "bought", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 10 }, "constraints": { "analysis": "fixed_horizon" } }
            """;
        var answer = OperatingCharacteristics.Of(Documents.Design(document), Runs, 1);
        Assert.True(new Claim.AtMost(0.025).Agrees(Count(At(answer, 0).Ship)));
        Assert.True(new Claim.AtLeast(0.78).Agrees(Count(At(answer, 1).Ship)));
    }

    [Fact]
    public void What_the_design_says_too_little_of_is_named()
    {
        var answer = OperatingCharacteristics.Of(Documents.Design(Documents.Contract), 5, 1);
        Assert.Equal(["refund"], answer.NotSimulated);
        Assert.Equal(28, answer.Looks);
        var high = Documents.Design(Design("fixed_horizon", type: "\"binary\", \"baseline_value\": 0.86"));
        Assert.Equal([-10.0, -5, 0, 5, 10, 15], OperatingCharacteristics.Of(high, 5, 1).Effects.Select(effect => effect.EffectPct));
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon")), 5, 1, stopped.Token));
        Assert.Throws<ArgumentOutOfRangeException>("runs", () => OperatingCharacteristics.Of(Documents.Design(Design("fixed_horizon")), 0, 1, stopped.Token));
    }
}
