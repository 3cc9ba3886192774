using System.Text;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Server.Events;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Tests.Events;

/// <summary>One experiment and one arrival that the tests of the rules share.</summary>
internal static class Samples
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Arrival { get; } = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    public static Experiment Running { get; } = new()
    {
        Design = new Design
        {
            Key = "checkout",
            Name = "Checkout",
            Setup = new Setup
            {
                Unit = "user",
                Variations = [new("control", JsonSerializer.SerializeToElement(false)), new("one-page", JsonSerializer.SerializeToElement(true))],
                TrafficSplit = [50, 50],
                TrafficAllocation = 1,
                HoldoutFraction = 0,
            },
            Metrics = new MetricSet
            {
                Primary = Metric("bought", "purchase", MetricType.Binary),
                MdePct = 5,
                MinimumEffectPct = 0,
                Alpha = 0.05,
                Power = 0.8,
                AttributionWindowHours = 72,
                MorePrimaries = [],
                Secondary = [Metric("revenue", "purchase", MetricType.Continuous)],
                Guardrails = [Metric("refund", "refund", MetricType.Binary)],
                Covariates = [new("spend_before", CovariateSource.PrePeriod)],
            },
            Constraints = new Constraints(AnalysisMethod.AlwaysValid, 1, "obrien_fleming", "holm"),
        },
        Plan = new ExperimentPlan { PlannedSampleSizePerVariant = 1000, PlannedSampleSizes = [1000, 1000], DurationDays = null, Boundaries = [] },
        Status = ExperimentStatus.Running,
        Version = 2,
        Iteration = 1,
        Epoch = 1,
        CreatedAt = Start,
        StartedAt = Start,
    };

    public static Experiment Stopped { get; } = Running with { Status = ExperimentStatus.Stopped, StoppedAt = Arrival.AddHours(-2), ClosesAt = Arrival.AddHours(71) };

    public static SiftedItems Exposures(string json, Experiment? experiment = null) =>
        RecordExposures.Sift(experiment ?? Running, Read(json, ItemShape.Exposures), Microseconds.Of(Arrival));

    public static SiftedItems Conversions(string json) => RecordConversions.Sift(Running, Read(json, ItemShape.Conversions), Microseconds.Of(Arrival));

    public static SiftedItems PrePeriod(string json) => RecordPrePeriod.Sift(Running, Read(json, ItemShape.PrePeriod), Microseconds.Of(Arrival));

    public static SiftedItems Events(string json) =>
        RecordEvents.Sift(name => name is "purchase", Read(json, ItemShape.Events), Microseconds.Of(Arrival));

    public static ItemBody Read(string json, ItemShape shape)
    {
        var (body, problem) = ItemBody.ReadJson(Encoding.UTF8.GetBytes(json), shape);
        Assert.Null(problem);
        return body!;
    }

    public static ProblemHttpResult Refuse(string json, ItemShape shape)
    {
        var (body, problem) = ItemBody.ReadJson(Encoding.UTF8.GetBytes(json), shape);
        Assert.Null(body);
        return problem!;
    }

    private static Metric Metric(string name, string @event, MetricType type) =>
        new() { Name = name, Event = @event, Type = type, Direction = Direction.Increase, WindowHours = 72 };
}
