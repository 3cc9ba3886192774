using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using CsCheck;

namespace Assay.Analysis.Tests.Designs;

public sealed class DesignWriterTests
{
    [Fact]
    public void Reading_what_was_written_gives_the_same_design() =>
        Designs.Sample(design => Assert.Equal(Everything(design), Everything(Documents.Design(DesignWriter.Write(design).ToJsonString()))), iter: 500);

    [Fact]
    public void The_contracts_example_is_written_with_every_default()
    {
        var written = DesignWriter.Write(Documents.Design(Documents.Contract));

        var expected = JsonNode.Parse(Documents.Contract)!;
        var metrics = expected["metrics"]!.AsObject();
        metrics["event"] = "purchase";
        metrics["window_hours"] = 72;
        metrics["more_primaries"] = new JsonArray();
        string[] unset = ["value_property", "filter", "cap", "numerator", "denominator", "baseline_value", "std_dev", "non_inferiority_margin_pct"];
        foreach (var field in unset) metrics.TryAdd(field, null);
        foreach (var metric in metrics["secondary"]!.AsArray().Concat(metrics["guardrails"]!.AsArray()).Select(node => node!.AsObject()))
        {
            metric.TryAdd("event", metric["name"]!.DeepClone());
            metric["window_hours"] = 72;
            foreach (var field in unset) metric.TryAdd(field, null);
        }

        expected["policy"] = new JsonObject { ["futility_effect_pct"] = 5, ["prior_success_rate"] = null };

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected.ToJsonString()), JsonElement.Parse(written.ToJsonString())), written.ToJsonString());
    }

    // Every property of every record: the designs' arrays compare by reference, so equality is that of the whole.
    private static string Everything(Design design) => JsonSerializer.Serialize(design);

    private static Gen<string> Names { get; } =
        Gen.String[1, 40].Where(name => !name.Contains('\0') && name.EnumerateRunes().All(rune => rune != Rune.ReplacementChar));

    private static Gen<Design> Designs { get; } =
        from names in Names.ArrayUnique[12]
        from weights in Gen.Double[0.1, 10].Array[3]
        from value in OneOf("null", "true", "1.50", "\"x\"", """{"a":[1,{"b":null}]}""", "[]")
        from numbers in Gen.Double[0.01, 0.49].Array[5]
        from type in OneOf(MetricType.Binary, MetricType.Continuous, MetricType.Count)
        from other in OneOf(MetricType.Binary, MetricType.Continuous, MetricType.Count)
        from direction in Gen.Enum<Direction>()
        from window in Gen.Double[0.25, 2160].Array[3]
        from traffic in Gen.Double[1, 1e6].Nullable()
        from segments in Names.Where(name => !name.Contains('=')).ArrayUnique[0, 3]
        from analysis in OneOf(AnalysisMethod.AlwaysValid, AnalysisMethod.FixedHorizon, AnalysisMethod.Bayesian)
        from prior in Gen.Double[0.01, 0.99].Nullable()
        from hypothesis in OneOf<Hypothesis?>(null, new Hypothesis(null, "a"), new Hypothesis("", null))
        select new Design
        {
            Key = "a-1",
            Name = names[0],
            Hypothesis = hypothesis,
            Setup = new Setup
            {
                Unit = names[1],
                Variations = [.. names[2..5].Select(name => new Variation(name, JsonElement.Parse(value)))],
                TrafficSplit = [.. weights],
                TrafficAllocation = numbers[0],
                HoldoutFraction = numbers[1],
                ExpectedDailyTraffic = traffic,
                Segments = [.. segments.Select(attribute => new Segment(attribute, [.. names[..3]]))],
            },
            Metrics = new MetricSet
            {
                Primary = Metric(names[5], names[6], type, direction, window[0]) with { BaselineValue = numbers[2], StdDev = numbers[3] },
                MdePct = 20,
                MinimumEffectPct = numbers[0],
                Alpha = numbers[4],
                Power = 0.8,
                AttributionWindowHours = window[1],
                MorePrimaries = [Metric(names[7], names[6], other, direction, window[1])],
                Secondary = [Metric(names[8], names[8], type, direction, window[2]) with { BaselineValue = numbers[1] }],
                Guardrails = [Metric(names[9], names[10], other, direction, window[2]) with { NonInferiorityMarginPct = 3.7 }],
                Covariates = [new Covariate(names[11], CovariateSource.PrePeriod)],
            },
            Constraints = new Constraints(analysis, 1, "pocock", "holm"),
            Policy = new Policy(window[2], prior),
        };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Metric Metric(string name, string @event, MetricType type, Direction direction, double window) =>
        new() { Name = name, Event = @event, Type = type, Direction = direction, WindowHours = window };
}
