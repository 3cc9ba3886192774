using Assay.Analysis.Designs;

namespace Assay.Analysis.Tests.Designs;

public sealed class GuardrailPricingTests
{
    private static string With(string guardrails, string analysis = "fixed_horizon") => $$"""
        {
          "key": "guarded",
          "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
          "metrics": { "primary_metric_name": "bought", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 10, "guardrails": [{{guardrails}}] },
          "constraints": { "analysis": "{{analysis}}" }
        }
        """;

    private static string Refund(string more = "") => $$"""{ "name": "refund", "metric_type": "binary", "direction": "decrease", "non_inferiority_margin_pct": 10{{more}} }""";

    private static string Latency(string direction = "decrease", double margin = 5) =>
        $$"""{ "name": "latency", "metric_type": "continuous", "direction": "{{direction}}", "non_inferiority_margin_pct": {{margin}}, "baseline_value": 200, "std_dev": 100 }""";

    [Fact]
    public void Without_guardrails_each_test_has_the_declared_power()
    {
        var quote = DesignQuote.Of(Documents.Design(With("")));
        Assert.Equal(0.8, quote.PowerPerTest);
        Assert.Empty(quote.Guardrails);
        Assert.Equal(quote.PlannedSampleSizePerVariant, quote.PlannedSampleSizes[0]);
    }

    [Fact]
    public void Guardrails_share_beta_with_the_primary()
    {
        var quote = DesignQuote.Of(Documents.Design(With($"{Refund()}, {Latency(margin: 0)}, {Latency().Replace("latency", "errors", StringComparison.Ordinal)}")));
        Assert.Equal(0.95, quote.PowerPerTest, 1e-12);
        // (z₀.₉₇₅√(2·.105·.895) + z√(.1·.9 + .11·.89))² ÷ .01²: 14750.8 with z₀.₈, 24420.6 with z₀.₉₅.
        Assert.Equal((14_751, 24_421), (quote.PlannedSampleSizePerVariant, quote.PlannedSampleSizes[0]));
        Assert.Equal([null, null], quote.Guardrails.Take(2).Select(guardrail => guardrail.Units));
    }

    [Theory]
    [InlineData("""{ "name": "g", "metric_type": "binary", "baseline_value": 0.1 }""", "NoMargin")]
    [InlineData("""{ "name": "g", "metric_type": "binary", "non_inferiority_margin_pct": 0 }""", "NoMargin")]
    [InlineData("""{ "name": "g", "metric_type": "binary", "non_inferiority_margin_pct": 5 }""", "NoBaseline")]
    [InlineData("""{ "name": "g", "metric_type": "continuous", "non_inferiority_margin_pct": 5, "baseline_value": -1, "std_dev": 1 }""", "NoBaseline")]
    [InlineData("""{ "name": "g", "metric_type": "continuous", "non_inferiority_margin_pct": 5, "baseline_value": 1 }""", "NoSpread")]
    [InlineData("""{ "name": "g", "metric_type": "continuous", "non_inferiority_margin_pct": 1e-9, "baseline_value": 1, "std_dev": 1000 }""", "TooMany")]
    [InlineData("""{ "name": "g", "metric_type": "count", "non_inferiority_margin_pct": 5, "baseline_value": 1 }""", "Ok")]
    public void A_guardrail_without_a_size_says_what_is_missing(string guardrail, string status)
    {
        var quote = Assert.Single(DesignQuote.Of(Documents.Design(With(guardrail))).Guardrails);
        Assert.Equal((status, status == "Ok"), (quote.Status.ToString(), quote.Units is not null));
    }

    [Fact]
    public void A_posterior_ships_nothing_and_shares_nothing()
    {
        var quote = DesignQuote.Of(Documents.Design(With(Refund(", \"baseline_value\": 0.02"), "bayesian")));
        Assert.Equal(0.8, quote.PowerPerTest);
        Assert.Equal(14_751, quote.PlannedSampleSizes[0]);
    }

    [Fact]
    public void The_plan_is_as_large_as_the_guardrail_that_needs_most()
    {
        var quote = DesignQuote.Of(Documents.Design(With(Refund(", \"baseline_value\": 0.02"))));
        var needed = Assert.Single(quote.Guardrails).Units!.Value;
        Assert.True(needed > 2 * 24_421);
        Assert.Equal((needed + 1) / 2, quote.PlannedSampleSizes[0]);
    }

    [Fact]
    public void A_wider_margin_and_a_larger_baseline_cost_less()
    {
        long Units(string guardrail) => DesignQuote.Of(Documents.Design(With(guardrail))).Guardrails[0].Units!.Value;
        Assert.Equal(4.0, (double)Units(Latency(margin: 0.5)) / Units(Latency(margin: 1)), 0.05);
        Assert.True(Units(Latency("increase", 20)) < Units(Latency("decrease", 20)));
        Assert.True(Units(Refund(", \"baseline_value\": 0.05")) < Units(Refund(", \"baseline_value\": 0.02")));
    }

    [Fact]
    public void What_more_units_than_can_be_counted_would_not_show_is_not_promised()
    {
        var quote = DesignQuote.Of(Documents.Design(With(Latency(margin: 1e-9))));
        Assert.Null(quote.Guardrails[0].Units);
        Assert.False(quote.PlannedSampleSizes.IsEmpty);
    }
}
