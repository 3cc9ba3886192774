using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Dashboard;

/// <summary>Experiments in every state that a page must show, made by hand so that each is exactly what its name says.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2025, 11, 23, 18, 42, 7, TimeSpan.Zero);

    public static ExperimentSheet Winner() => Sheet(Design("checkout-redesign", "Checkout redesign", ["control", "one-page"]), Better(0.047, 0.012, 0.083), guardrails: [GuardrailState.Safe]);

    public static ExperimentSheet Loser() => Sheet(Design("search-ranking", "Search ranking", ["control", "learned"]), Better(-0.047, -0.083, -0.012));

    public static ExperimentSheet Flat() => Sheet(Design("button-colour", "Button colour", ["control", "green"]), Better(0.003, -0.021, 0.027), guardrails: [GuardrailState.Unknown]);

    public static ExperimentSheet Harmed() => Sheet(Design("fast-path", "Fast path", ["control", "fast"]), Better(0.047, 0.012, 0.083), guardrails: [GuardrailState.Harm]);

    public static ExperimentSheet Mismatch() => Sheet(Design("signup-flow", "Sign-up flow", ["control", "short"]), Better(0.02, -0.01, 0.05), srm: SampleRatioStatus.Alarm);

    public static ExperimentSheet Latency() => Sheet(
        Design("edge-cache", "Edge cache", ["control", "cached"], MetricType.Continuous, Direction.Decrease, "p95_latency_ms"), Better(-0.03, -0.05, -0.01));

    public static ExperimentSheet Empty() => Sheet(Design("new-banner", "New banner", ["control", "banner"]), [new(null, null, null, InferenceStatus.InsufficientData)], exposed: 0, completed: 0);

    public static ExperimentSheet Unfinished() =>
        Sheet(Design("new-price", "New price", ["control", "higher"]), [new(null, null, null, InferenceStatus.InsufficientData)], exposed: 1840, completed: 0);

    public static ExperimentSheet TooEarly() => Sheet(Design("new-font", "New font", ["control", "serif"]), [new(0.1, null, null, InferenceStatus.TooEarly)], completed: 300);

    public static ExperimentSheet Locked() => Sheet(
        Design("old-school", "Old school", ["control", "b"], analysis: AnalysisMethod.FixedHorizon), [new(0.1, null, null, InferenceStatus.Locked)]);

    public static ExperimentSheet TenArms() => Sheet(
        Design("headline-test", "Ten headlines, of which some have names that are rather long", [.. Enumerable.Range(0, 10).Select(index => index == 0 ? "control" : index == 4 ? "a-very-long-variation-key-that-somebody-really-did-choose-for-the-fourth-one" : $"headline-{index}")]),
        [.. Enumerable.Range(1, 9).Select(index => Shape(0.02 * (index - 4), 0.05))],
        guardrails: [GuardrailState.Unknown, GuardrailState.Safe]);

    public static ExperimentSheet Huge() => Sheet(
        Design("revenue", "Revenue in rials", ["control", "b"], MetricType.Continuous, metric: "revenue"), [new(4.2e7, 1.1e6, 9e14, InferenceStatus.Ok)], exposed: 9_876_543_210, completed: 9_000_000_000, baseline: 3.1e12);

    public static ExperimentSheet Tiny() => Sheet(Design("pixel", "One pixel", ["control", "b"]), Better(0.0000021, 0.0000011, 0.0000031));

    public static ExperimentSheet Segmented() => Sheet(DesignBySegment(), Better(0.02, -0.01, 0.05));

    public static ExperimentSheet EmptySegments() => Sheet(DesignBySegment(), [new(null, null, null, InferenceStatus.InsufficientData)], exposed: 0, completed: 0);

    public static ExperimentSheet Draft() =>
        new(Experiment(Design("draft", "A draft", ["control", "b"]), ExperimentStatus.Draft) with { StartedAt = null }, null, null, Now);

    public static IEnumerable<(string Name, ExperimentSheet Sheet)> All =>
    [
        ("winner", Winner()), ("loser", Loser()), ("flat", Flat()), ("harmed", Harmed()), ("mismatch", Mismatch()), ("latency", Latency()), ("empty", Empty()), ("unfinished", Unfinished()),
        ("too-early", TooEarly()), ("locked", Locked()), ("ten-arms", TenArms()), ("huge", Huge()), ("tiny", Tiny()), ("segmented", Segmented()), ("empty-segments", EmptySegments()), ("draft", Draft()),
    ];

    public static Design Design(
        string key, string name, ImmutableArray<string> variations, MetricType type = MetricType.Binary, Direction direction = Direction.Increase, string metric = "purchase", AnalysisMethod analysis = AnalysisMethod.AlwaysValid) => new()
        {
            Key = key,
            Name = name,
            Hypothesis = new("A change that somebody believes in raises what they measure", "payments"),
            Setup = new()
            {
                Unit = "user",
                Variations = [.. variations.Select(variation => new Variation(variation, JsonSerializer.SerializeToElement(variation)))],
                TrafficSplit = [.. variations.Select(_ => 1.0)],
                TrafficAllocation = 1,
                HoldoutFraction = 0,
            },
            Metrics = new()
            {
                Primary = Metric(metric, type, direction),
                MdePct = 5,
                MinimumEffectPct = 0,
                Alpha = 0.05,
                Power = 0.8,
                AttributionWindowHours = 72,
                MorePrimaries = [],
                Secondary = [Metric("revenue", MetricType.Continuous, Direction.Increase)],
                Guardrails = [],
                Covariates = [new("revenue_before", CovariateSource.PrePeriod)],
            },
            Constraints = new(analysis, 1, "obrien_fleming", "holm"),
        };

    public static Experiment Experiment(Design design, ExperimentStatus status) => new()
    {
        Design = design,
        Plan = new() { PlannedSampleSizePerVariant = 146_642, PlannedSampleSizes = [.. design.Setup.Variations.Select(_ => 152_000L)], DurationDays = 21, Boundaries = [] },
        Status = status,
        Version = 2,
        Iteration = 1,
        Epoch = 1,
        CreatedAt = Now.AddDays(-9),
        StartedAt = Now.AddDays(-8),
        StoppedAt = status == ExperimentStatus.Stopped ? Now.AddHours(-5) : null,
    };

    private static Design DesignBySegment()
    {
        var design = Design("by-country", "By country", ["control", "b"]);
        return design with { Setup = design.Setup with { Segments = [new("country", ["DE", "<b>"]), new("platform", ["web", "ios", "android"])] } };
    }

    public static ExperimentSheet Sheet(
        Design design,
        IReadOnlyList<EffectShape> shapes,
        long exposed = 184_467,
        long completed = 120_000,
        double baseline = 0.042,
        SampleRatioStatus srm = SampleRatioStatus.Ok,
        IReadOnlyList<GuardrailState>? guardrails = null,
        ExperimentStatus status = ExperimentStatus.Running)
    {
        var readout = SampleReadout.Of(design, shapes, exposed, completed, baseline, srm, guardrails ?? []);
        var ingestion = new IngestionCounts(
            exposed, [.. design.Setup.Variations.Select((_, index) => new VariationCount(index, exposed / design.Setup.Variations.Length))], exposed / 3, [new("purchase", exposed / 4, exposed / 4.0)], 31, 8, 2, null, 184_467);
        return new(Experiment(design, status), readout, ingestion, Now) { Course = SampleCourse.Of(design, readout, days: 90) };
    }

    private static IReadOnlyList<EffectShape> Better(double effect, double low, double high) => [new(effect, low, high, InferenceStatus.Ok)];

    private static EffectShape Shape(double effect, double half) => new(effect, effect - half, effect + half, InferenceStatus.Ok);

    private static Metric Metric(string name, MetricType type, Direction direction) => new() { Name = name, Event = name, Type = type, Direction = direction, WindowHours = 72, BaselineValue = 0.04 };
}

/// <summary>A relative effect with its interval.</summary>
internal sealed record EffectShape(double? Effect, double? Low, double? High, InferenceStatus Status);
