using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Tests.Designs;

public sealed class DesignReaderTests
{
    [Fact]
    public void The_contracts_example_is_read_field_by_field()
    {
        var design = Documents.Design(Documents.Contract);

        Assert.Equal("checkout-redesign", design.Key);
        Assert.Equal(new Hypothesis("A one-page checkout raises completed purchases", "payments"), design.Hypothesis);
        Assert.Equal("control, one-page", string.Join(", ", design.Setup.Variations.Select(variation => variation.Key)));
        Assert.Equal(JsonValueKind.True, design.Setup.Variations[1].Value.ValueKind);
        Assert.Equal([50, 50], design.Setup.TrafficSplit);
        Assert.Equal(12000, design.Setup.ExpectedDailyTraffic);
        var purchase = new Metric
        {
            Name = "purchase",
            Event = "purchase",
            Type = MetricType.Binary,
            Direction = Direction.Increase,
            WindowHours = 72,
            BaselineValue = 0.042,
        };
        var refund = new Metric
        {
            Name = "refund",
            Event = "refund",
            Type = MetricType.Binary,
            Direction = Direction.Decrease,
            WindowHours = 72,
            NonInferiorityMarginPct = 10,
        };
        Assert.Equal(purchase, design.Metrics.Primary);
        Assert.Equal([purchase with { Name = "revenue", Type = MetricType.Continuous, BaselineValue = null }], design.Metrics.Secondary);
        Assert.Equal([refund], design.Metrics.Guardrails);
        Assert.Equal([new Covariate("revenue_before", CovariateSource.PrePeriod)], design.Metrics.Covariates);
        Assert.Equal(new Constraints(AnalysisMethod.AlwaysValid, 1, "obrien_fleming", "holm"), design.Constraints);
    }

    [Fact]
    public void What_is_not_given_takes_the_contracts_default()
    {
        var design = Documents.Design(Documents.Smallest);

        Assert.Equal("smallest", design.Name);
        Assert.Null(design.Hypothesis);
        Assert.Equal("user", design.Setup.Unit);
        Assert.Equal("a, b", string.Join(", ", design.Setup.Variations.Select(variation => variation.Value.GetString())));
        Assert.Equal([0.5, 0.5], design.Setup.Shares);
        Assert.Equal((1.0, 0.0, (double?)null), (design.Setup.TrafficAllocation, design.Setup.HoldoutFraction, design.Setup.ExpectedDailyTraffic));
        Assert.Equal((0.0, 0.05, 0.8), (design.Metrics.MinimumEffectPct, design.Metrics.Alpha, design.Metrics.Power));
        Assert.Equal((72.0, 72.0), (design.Metrics.AttributionWindowHours, design.Metrics.Primary.WindowHours));
        Assert.Equal(design.Metrics.Primary, Assert.Single(design.Metrics.All));
        Assert.Equal(Direction.Increase, design.Metrics.Primary.Direction);
        Assert.Equal("bought", design.Metrics.Primary.Event);
        Assert.Empty(design.Metrics.Covariates);
        Assert.Equal(new Constraints(AnalysisMethod.AlwaysValid, 1, "obrien_fleming", "holm"), design.Constraints);
        Assert.Equal(new Policy(10, null), design.Policy);
    }

    [Theory]
    [InlineData("{}", 5, null, 5)]
    [InlineData("""{ "futility_effect_pct": 2, "prior_success_rate": 0.2 }""", 2, 0.2, 3)]
    [InlineData("""{ "futility_effect_pct": 4 }""", 4, null, 4)]
    public void A_policy_s_futility_effect_is_the_mde_unless_it_says_otherwise(string policy, double futility, double? prior, double worthwhile)
    {
        var design = Documents.Design(Documents.Change(Documents.Change("/policy", policy), "/metrics/minimum_effect_pct", "3"));

        Assert.Equal((new Policy(futility, prior), worthwhile), (design.Policy, design.WorthwhileEffectPct));
    }

    [Fact]
    public void Null_means_not_given_but_for_a_variations_value()
    {
        var nulls = Documents.Change(Documents.Change("/metrics/alpha", "null"), "/setup/variations/0/value", "null");

        var design = Documents.Design(nulls);

        Assert.Equal(0.05, design.Metrics.Alpha);
        Assert.Equal(JsonValueKind.Null, design.Setup.Variations[0].Value.ValueKind);
    }

    [Fact]
    public void A_metric_takes_its_own_window_and_otherwise_the_attribution_window()
    {
        var document = Documents.Change("/metrics/attribution_window_hours", "24");
        document = Documents.Change(document, "/metrics/secondary/0/window_hours", "1");

        var design = Documents.Design(document);

        Assert.Equal([24, 1, 24], design.Metrics.All.Select(metric => metric.WindowHours));
    }

    [Fact]
    public void A_guardrail_without_a_margin_allows_no_loss()
    {
        var design = Documents.Design(Documents.Change("/metrics/guardrails/0/non_inferiority_margin_pct", ""));

        Assert.Equal(0, design.Metrics.Guardrails[0].NonInferiorityMarginPct);
    }

    [Fact]
    public void A_count_without_a_standard_deviation_is_taken_for_poisson()
    {
        var document = Documents.Change("/metrics/metric_type", "\"count\"");
        document = Documents.Change(document, "/metrics/baseline_value", "4");

        Assert.Equal(2, Documents.Design(document).Metrics.Primary.StdDev);
    }

    [Fact]
    public void Names_may_hold_any_hundred_characters()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 99)) + "/";
        var document = Documents.Change("/metrics/primary_metric_name", JsonSerializer.Serialize(name));
        document = Documents.Change(document, "/setup/variations/0/key", JsonSerializer.Serialize(" Größe\t~ \"x\" "));

        var design = Documents.Design(document);

        Assert.Equal(name, design.Metrics.Primary.Name);
        Assert.Equal(" Größe\t~ \"x\" ", design.Setup.Variations[0].Key);
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        const string Document = """
            {
              "key": "Not A Key", "colour": "red",
              "setup": { "variations": [ { "key": "a" }, { "key": "a", "weight": 1 } ], "traffic_split": [50, -1], "holdout_fraction": 1 },
              "metrics": {
                "metric_type": "binary", "baseline_value": "0.1", "mde_pct": 0, "alpha": 0.5, "attribution_window_hours": 0.1,
                "secondary": [ { "name": "revenue", "metric_type": "ratio", "numerator": "x" } ]
              },
              "constraints": { "analysis": "fixed_horizon", "n_looks": 5 }
            }
            """;

        Assert.Equal(
            """
            /colour unknown_field
            /constraints/n_looks invalid_value
            /key invalid_value
            /metrics/alpha out_of_range
            /metrics/attribution_window_hours out_of_range
            /metrics/baseline_value invalid_type
            /metrics/mde_pct out_of_range
            /metrics/primary_metric_name missing_field
            /metrics/secondary/0/metric_type not_supported_yet
            /metrics/secondary/0/numerator not_supported_yet
            /setup/holdout_fraction out_of_range
            /setup/traffic_split/1 out_of_range
            /setup/variations/1/key duplicate
            /setup/variations/1/weight unknown_field
            """,
            Documents.Errors(Document));
        Assert.Null(Documents.Read(Document).Design);
        Assert.All(Documents.Read(Document).Errors, error => Assert.EndsWith(".", error.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_document_misses_every_required_field() =>
        Assert.Equal(
            """
            /key missing_field
            /metrics/baseline_value missing_field
            /metrics/mde_pct missing_field
            /metrics/metric_type missing_field
            /metrics/primary_metric_name missing_field
            /setup/variations missing_field
            """,
            Documents.Errors("{}"));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"design\"")]
    public void What_is_no_object_is_refused_as_a_whole(string json) => Assert.Equal(" invalid_type", Documents.Errors(json));

    [Theory]
    [InlineData("\"owner\": \"payments\"", "\"owner\": \"\\ud800\"", "/hypothesis/owner", "invalid_value")]
    [InlineData("\"value\": false", "\"value\": { \"a\": [\"\\udfff\"] }", "/setup/variations/0/value", "invalid_value")]
    [InlineData("\"value\": false", "\"value\": { \"a\": 1, \"a\": 2 }", "/setup/variations/0/value", "invalid_value")]
    [InlineData("\"value\": false", "\"value\": [1e999]", "/setup/variations/0/value", "invalid_value")]
    [InlineData("\"unit\": \"user\"", "\"unit\": \"user\", \"unit\": \"user\"", "/setup/unit", "duplicate")]
    [InlineData("\"unit\": \"user\"", "\"\\ud800\": \"user\"", "/setup", "invalid_value")]
    public void What_no_client_could_read_back_is_refused(string original, string replacement, string pointer, string code) =>
        Assert.Equal($"{pointer} {code}", Documents.Errors(Documents.Contract.Replace(original, replacement, StringComparison.Ordinal)));

    [Fact]
    public void The_reading_outlives_the_document()
    {
        Design design;
        using (var document = JsonDocument.Parse(Documents.Contract)) design = DesignReader.Read(document.RootElement).Design!;

        Assert.Equal(JsonValueKind.False, design.Setup.Variations[0].Value.ValueKind);
    }
}
