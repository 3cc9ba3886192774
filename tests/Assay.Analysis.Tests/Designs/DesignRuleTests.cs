namespace Assay.Analysis.Tests.Designs;

/// <summary>One change to the contract's example, one rule broken, one error: its pointer and its code.</summary>
public sealed class DesignRuleTests
{
    /// <summary>The field changed, its new JSON (empty: removed), the code, and the pointer where it is not the field's own.</summary>
    public static TheoryData<string, string, string, string?> Rules { get; } = new()
    {
        { "/key", "", "missing_field", null },
        { "/key", "null", "missing_field", null },
        { "/key", "7", "invalid_type", null },
        { "/key", "\"\"", "invalid_value", null },
        { "/key", "\"-a\"", "invalid_value", null },
        { "/key", "\"Checkout\"", "invalid_value", null },
        { "/key", "\"checkout\\n\"", "invalid_value", null },
        { "/key", $"\"{new string('a', 65)}\"", "invalid_value", null },
        { "/name", "\"\"", "invalid_value", null },
        { "/name", $"\"{new string('n', 101)}\"", "too_long", null },
        { "/name", "[]", "invalid_type", null },
        { "/hypothesis", "\"it works\"", "invalid_type", null },
        { "/hypothesis/statement", "1", "invalid_type", null },

        { "/setup", "[]", "invalid_type", null },
        { "/setup/unit", "true", "invalid_type", null },
        { "/setup/unit", "\"\"", "invalid_value", null },
        { "/setup/variations", "", "missing_field", null },
        { "/setup/variations", "{}", "invalid_type", null },
        { "/setup/variations/0", "\"control\"", "invalid_type", null },
        { "/setup/variations/1/key", "", "missing_field", null },
        { "/setup/variations/1/key", "3", "invalid_type", null },
        { "/setup/variations/1/key", "\"\"", "invalid_value", null },
        { "/setup/variations/1/key", "\"a\\u0000b\"", "invalid_value", null },
        { "/setup/variations/1/key", $"\"{new string('k', 101)}\"", "too_long", null },
        { "/setup/variations/1/key", "\"control\"", "duplicate", null },
        { "/setup/traffic_split", "50", "invalid_type", null },
        { "/setup/traffic_split", "[50]", "out_of_range", null },
        { "/setup/traffic_split", "[50, 25, 25]", "out_of_range", null },
        { "/setup/traffic_split", "[50, 0]", "out_of_range", null },
        { "/setup/traffic_split", "[1e308, 1e308]", "out_of_range", null },
        { "/setup/traffic_split", "[1e300, 1]", "out_of_range", null },
        { "/setup/traffic_split/1", "-50", "out_of_range", null },
        { "/setup/traffic_split/1", "\"50\"", "invalid_type", null },
        { "/setup/traffic_split/0", "null", "invalid_type", null },
        { "/setup/traffic_split/0", "1e999", "out_of_range", null },
        { "/setup/traffic_allocation", "0", "out_of_range", null },
        { "/setup/traffic_allocation", "1.01", "out_of_range", null },
        { "/setup/holdout_fraction", "-0.1", "out_of_range", null },
        { "/setup/holdout_fraction", "1", "out_of_range", null },
        { "/setup/expected_daily_traffic", "0", "out_of_range", null },
        { "/setup/expected_daily_traffic", "1e999", "out_of_range", null },
        { "/setup/expected_daily_traffic", "\"12000\"", "invalid_type", null },
        { "/setup/segments", "{}", "invalid_type", null },
        { "/setup/segments", """[ "country" ]""", "invalid_type", "/setup/segments/0" },
        { "/setup/segments/0/attribute", "", "missing_field", null },
        { "/setup/segments/0/attribute", "7", "invalid_type", null },
        { "/setup/segments/0/attribute", "\"\"", "invalid_value", null },
        { "/setup/segments/0/attribute", "\"a=b\"", "invalid_value", null },
        { "/setup/segments/0/values", "", "missing_field", null },
        { "/setup/segments/0/values", "\"DE\"", "invalid_type", null },
        { "/setup/segments/0/values", "[]", "out_of_range", null },
        { "/setup/segments/0/values/1", "7", "invalid_type", null },
        { "/setup/segments/0/values/1", "\"\"", "invalid_value", null },
        { "/setup/segments/0/values/1", "\"a\\u0000\"", "invalid_value", null },
        { "/setup/segments/0/values/1", "\"DE\"", "duplicate", null },
        { "/setup/segments/0/values/1", "\"other\"", "invalid_value", null },
        { "/setup/segments/0/values/1", "\"none\"", "invalid_value", null },
        { "/setup/segments/0/weight", "1", "unknown_field", null },
        { "/setup/segments/-", """{ "attribute": "country", "values": ["US"] }""", "duplicate", "/setup/segments/1/attribute" },
        { "/setup/targeting", "{}", "not_supported_yet", null },
        { "/setup/layer", "\"checkout\"", "not_supported_yet", null },

        { "/metrics", "7", "invalid_type", null },
        { "/metrics/primary_metric_name", "", "missing_field", null },
        { "/metrics/primary_metric_name", "\"\"", "invalid_value", null },
        { "/metrics/event", "\"\"", "invalid_value", null },
        { "/metrics/event", $"\"{new string('e', 101)}\"", "too_long", null },
        { "/metrics/metric_type", "", "missing_field", null },
        { "/metrics/metric_type", "\"Binary\"", "invalid_value", null },
        { "/metrics/metric_type", "0", "invalid_type", null },
        { "/metrics/direction", "\"up\"", "invalid_value", null },
        { "/metrics/baseline_value", "", "missing_field", null },
        { "/metrics/baseline_value", "\"NaN\"", "invalid_type", null },
        { "/metrics/baseline_value", "0", "out_of_range", null },
        { "/metrics/baseline_value", "1", "out_of_range", null },
        { "/metrics/baseline_value", "0.96", "out_of_range", "/metrics/mde_pct" },
        { "/metrics/mde_pct", "", "missing_field", null },
        { "/metrics/mde_pct", "0", "out_of_range", null },
        { "/metrics/mde_pct", "-5", "out_of_range", null },
        { "/metrics/mde_pct", "1e999", "out_of_range", null },
        { "/metrics/mde_pct", "2500", "out_of_range", null },
        { "/metrics/mde_pct", "1e-9", "out_of_range", null },
        { "/metrics/minimum_effect_pct", "-1", "out_of_range", null },
        { "/metrics/alpha", "0", "out_of_range", null },
        { "/metrics/alpha", "0.5", "out_of_range", null },
        { "/metrics/alpha", "-0.05", "out_of_range", null },
        { "/metrics/alpha", "\"0.05\"", "invalid_type", null },
        { "/metrics/power", "0", "out_of_range", null },
        { "/metrics/power", "1", "out_of_range", null },
        { "/metrics/power", "0.05", "out_of_range", null },
        { "/metrics/attribution_window_hours", "0.2", "out_of_range", null },
        { "/metrics/attribution_window_hours", "2161", "out_of_range", null },
        { "/metrics/window_hours", "0", "out_of_range", null },
        { "/metrics/std_dev", "0", "out_of_range", null },
        { "/metrics/more_primaries", "{}", "invalid_type", null },
        { "/metrics/secondary/0", "\"revenue\"", "invalid_type", null },
        { "/metrics/secondary/0/name", "", "missing_field", null },
        { "/metrics/secondary/0/name", "\"purchase\"", "duplicate", null },
        { "/metrics/secondary/0/metric_type", "", "missing_field", null },
        { "/metrics/secondary/0/window_hours", "2160.5", "out_of_range", null },
        { "/metrics/secondary/0/std_dev", "-1", "out_of_range", null },
        { "/metrics/guardrails/0/name", "\"revenue\"", "duplicate", null },
        { "/metrics/guardrails/0/baseline_value", "1.5", "out_of_range", null },
        { "/metrics/guardrails/0/non_inferiority_margin_pct", "-1", "out_of_range", null },
        {
            "/metrics/guardrails/0", """{ "name": "kept", "metric_type": "binary", "non_inferiority_margin_pct": 100 }""",
            "out_of_range", "/metrics/guardrails/0/non_inferiority_margin_pct"
        },
        { "/metrics/non_inferiority_margin_pct", "10", "invalid_value", null },
        { "/metrics/secondary/0/non_inferiority_margin_pct", "10", "invalid_value", null },
        { "/metrics/covariates/0", "\"revenue_before\"", "invalid_type", null },
        { "/metrics/covariates/0/name", "", "missing_field", null },
        { "/metrics/covariates/0/source", "\"events\"", "not_supported_yet", null },
        { "/metrics/covariates/0/source", "\"history\"", "invalid_value", null },
        { "/metrics/covariates/-", """{ "name": "visits_before", "source": "pre_period" }""", "not_supported_yet", "/metrics/covariates/1" },

        { "/metrics/filter", """{ "property": "plan" }""", "not_supported_yet", null },
        { "/metrics/value_property", "\"amount\"", "not_supported_yet", null },
        { "/metrics/cap", "100", "not_supported_yet", null },
        { "/metrics/numerator", "\"clicks\"", "not_supported_yet", null },
        { "/metrics/denominator", "\"views\"", "not_supported_yet", null },
        { "/metrics/guardrails/0/cap", "{}", "not_supported_yet", null },
        { "/metrics/secondary/0/metric_type", "\"ratio\"", "not_supported_yet", null },

        { "/policy", "5", "invalid_type", null },
        { "/policy", """{ "futility_effect_pct": 0 }""", "out_of_range", "/policy/futility_effect_pct" },
        { "/policy", """{ "futility_effect_pct": "5" }""", "invalid_type", "/policy/futility_effect_pct" },
        { "/policy", """{ "prior_success_rate": 1 }""", "out_of_range", "/policy/prior_success_rate" },
        { "/policy", """{ "prior_success_rate": 0 }""", "out_of_range", "/policy/prior_success_rate" },
        { "/policy", """{ "ship_at": 1 }""", "unknown_field", "/policy/ship_at" },

        { "/constraints", "\"holm\"", "invalid_type", null },
        { "/constraints/analysis", "\"peeking\"", "invalid_value", null },
        { "/constraints/n_looks", "0", "out_of_range", null },
        { "/constraints/n_looks", "1.5", "invalid_value", null },
        { "/constraints/n_looks", "2", "invalid_value", null },
        { "/constraints/n_looks", "51", "out_of_range", null },
        { "/constraints/n_looks", "1e999", "out_of_range", null },
        { "/constraints/spending", "\"linear\"", "invalid_value", null },
        { "/constraints/multiplicity", "\"bonferroni\"", "not_supported_yet", null },
        { "/constraints/multiplicity", "\"wishful\"", "invalid_value", null },

        { "/colour", "\"red\"", "unknown_field", null },
        { "/setup/colour", "\"red\"", "unknown_field", null },
        { "/hypothesis/colour", "\"red\"", "unknown_field", null },
        { "/setup/variations/0/weight", "1", "unknown_field", null },
        { "/metrics/colour", "null", "unknown_field", null },
        { "/metrics/name", "\"purchase\"", "unknown_field", null },
        { "/metrics/secondary/0/alpha", "0.1", "unknown_field", null },
        { "/metrics/guardrails/0/Name", "\"x\"", "unknown_field", null },
        { "/metrics/covariates/0/window", "1", "unknown_field", null },
        { "/constraints/looks", "1", "unknown_field", null },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_broken_rule_is_one_error_that_names_its_field(string field, string json, string code, string? pointer) =>
        Assert.Equal($"{pointer ?? field} {code}", Documents.Errors(Documents.Change(field, json)));

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void There_are_two_to_ten_variations(int count)
    {
        var variations = string.Join(", ", Enumerable.Range(0, count).Select(arm => $$"""{ "key": "{{arm}}" }"""));

        Assert.Equal("/setup/variations out_of_range", Documents.Errors(Documents.Change(Documents.Smallest, "/setup/variations", $"[{variations}]")));
    }

    [Theory]
    [InlineData(5, 20, "")]
    [InlineData(6, 1, "/setup/segments out_of_range")]
    [InlineData(1, 21, "/setup/segments/0/values out_of_range")]
    public void There_are_up_to_five_segments_of_up_to_twenty_values(int segments, int values, string errors)
    {
        var declared = string.Join(", ", Enumerable.Range(0, values).Select(value => $"\"{value}\""));
        var list = string.Join(", ", Enumerable.Range(0, segments).Select(segment => $$"""{ "attribute": "a{{segment}}", "values": [{{declared}}] }"""));

        Assert.Equal(errors, Documents.Errors(Documents.Change("/setup/segments", $"[{list}]")));
    }

    [Theory]
    [InlineData("""[ { "key": "a" } ]""", "[50, 50]", "/setup/traffic_split out_of_range\n/setup/variations out_of_range")]
    [InlineData("""[ { "key": "a" }, { "key": "a" } ]""", "[1, 1, 1]", "/setup/traffic_split out_of_range\n/setup/variations/1/key duplicate")]
    [InlineData("""[ { "key": "a" }, { "key": "b" } ]""", "[1, 0, 0]", "/setup/traffic_split out_of_range\n/setup/traffic_split out_of_range")]
    [InlineData("""[ { "key": "a" }, { "key": "b" } ]""", "[1, -1, 0]", "/setup/traffic_split out_of_range\n/setup/traffic_split/1 out_of_range")]
    [InlineData("[]", "[1, 1]", "/setup/variations out_of_range")]
    [InlineData("null", "[1, 1]", "/setup/variations missing_field")]
    public void The_length_of_the_split_is_held_against_the_variations_whatever_else_is_wrong(string variations, string split, string errors) =>
        Assert.Equal(errors, Documents.Errors(Documents.Change(Documents.Change("/setup/variations", variations), "/setup/traffic_split", split)));

    [Theory]
    [InlineData(32, "")]
    [InlineData(33, "/setup/variations/0/value invalid_value")]
    public void A_value_is_nested_no_deeper_than_an_answer_can_hold(int levels, string errors)
    {
        var lists = Documents.Change("/setup/variations/0/value", $"{new string('[', levels)}{new string(']', levels)}");
        var objects = Documents.Change("/setup/variations/0/value", $"{string.Concat(Enumerable.Repeat("""{"a":""", levels))}1{new string('}', levels)}");

        Assert.Equal((errors, errors), (Documents.Errors(lists), Documents.Errors(objects)));
    }

    [Theory]
    [InlineData("/setup/traffic_allocation", "0", "The number must be more than 0 and at most 1.")]
    [InlineData("/setup/holdout_fraction", "1", "The number must be 0 or more and less than 1.")]
    [InlineData("/setup/traffic_split/1", "-50", "The number must be 0 or more.")]
    [InlineData("/setup/traffic_split/1", "1e999", "The number must be finite.")]
    [InlineData("/setup/expected_daily_traffic", "0", "The number must be more than 0.")]
    [InlineData("/setup/expected_daily_traffic", "1e16", "The number must be at most 1e15.")]
    [InlineData("/metrics/alpha", "0.5", "The number must be more than 0 and less than 0.5.")]
    [InlineData("/metrics/attribution_window_hours", "0.1", "The number must be from 0.25 to 2160.")]
    [InlineData("/metrics/mde_pct", "\"10%\"", "A number is wanted: '10%' is none.")]
    [InlineData("/metrics/mde_pct", "\"0123456789012345678901234567890123456789!\"", "A number is wanted, not a text.")]
    [InlineData("/metrics/mde_pct", "[]", "A number is wanted, not a list.")]
    [InlineData("/metrics/metric_type", "\"mean\"", "One of binary, continuous, count is wanted.")]
    [InlineData("/metrics/covariates/0/source", "\"before\"", "pre_period is wanted.")]
    public void An_error_says_in_words_what_is_wanted(string pointer, string json, string detail) =>
        Assert.Equal([detail], Documents.Read(Documents.Change(pointer, json)).Errors.Select(error => error.Detail));

    [Theory]
    [InlineData("continuous", "/metrics/std_dev missing_field")]
    [InlineData("ratio", "/metrics/metric_type not_supported_yet")]
    public void A_mean_needs_a_standard_deviation(string type, string errors) =>
        Assert.Equal(errors, Documents.Errors(Documents.Change("/metrics/metric_type", $"\"{type}\"")));

    [Theory]
    [InlineData("continuous", "0")]
    [InlineData("count", "0")]
    [InlineData("count", "-3")]
    public void The_minimum_detectable_effect_needs_a_baseline_that_it_can_be_a_percentage_of(string type, string baseline)
    {
        var document = Documents.Change("/metrics/metric_type", $"\"{type}\"");
        document = Documents.Change(Documents.Change(document, "/metrics/std_dev", "1"), "/metrics/baseline_value", baseline);

        Assert.Equal("/metrics/baseline_value out_of_range", Documents.Errors(document));
    }

    [Theory]
    [InlineData("binary", "0.5", "99", true)]
    [InlineData("binary", "0.5", "100", false)]
    [InlineData("count", "4", "100", true)]
    [InlineData("count", "4", "101", false)]
    public void A_desired_fall_stays_within_what_the_metric_can_be(string type, string baseline, string mde, bool accepted)
    {
        var document = Documents.Change("/metrics/direction", "\"decrease\"");
        document = Documents.Change(document, "/metrics/metric_type", $"\"{type}\"");
        document = Documents.Change(document, "/metrics/baseline_value", baseline);
        document = Documents.Change(document, "/metrics/mde_pct", mde);

        Assert.Equal(accepted ? "" : "/metrics/mde_pct out_of_range", Documents.Errors(document));
    }

    [Theory]
    [InlineData("/setup/traffic_split", "[1, 0.001]")]
    [InlineData("/setup/traffic_allocation", "0.01")]
    [InlineData("/setup/expected_daily_traffic", "")]
    [InlineData("/setup/segments", "")]
    [InlineData("/setup/segments", "null")]
    [InlineData("/setup/segments/-", """{ "attribute": "Country", "values": ["DE", "de", "a=b", "Other", " "] }""")]
    [InlineData("/metrics/alpha", "0.499")]
    [InlineData("/metrics/attribution_window_hours", "0.25")]
    [InlineData("/metrics/attribution_window_hours", "2160")]
    [InlineData("/metrics/filter", "null")]
    [InlineData("/metrics/numerator", "null")]
    [InlineData("/metrics/more_primaries", """[ { "name": "signup", "metric_type": "binary" } ]""")]
    [InlineData("/metrics/guardrails/0/non_inferiority_margin_pct", "150")]
    [InlineData("/constraints", "")]
    [InlineData("/constraints/n_looks", "1.0")]
    [InlineData("/constraints", """{ "n_looks": 50 }""")]
    [InlineData("/constraints/analysis", "\"group_sequential\"")]
    [InlineData("/constraints/analysis", "\"fixed_horizon\"")]
    [InlineData("/constraints/analysis", "\"bayesian\"")]
    public void What_the_contract_allows_is_accepted(string field, string json) => Assert.Empty(Documents.Errors(Documents.Change(field, json)));
}
