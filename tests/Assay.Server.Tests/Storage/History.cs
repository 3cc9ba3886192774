using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage;

/// <summary>Random histories: a few units, arms, names and hours, so that crossovers, ties, late exposures, edges of windows and duplicates are common.</summary>
internal static class History
{
    public const long Hour = 3_600_000_000;
    private static readonly string[] Names = ["buy", "view", "refund", "unused"];
    private static readonly double[] Values = [1, 0, -2.5, 0.1, 0.2, 1e15, 1e-9];
    private static readonly string?[] Attributes =
    [
        null, """{"country":"DE"}""", """{"country":"FR","os":3}""", """{"country":null,"os":true}""", """{"os":"3"}""", """{"country":["DE"],"os":1.5}""", """{"country":"none","os":{}}""",
    ];

    public static readonly DateTimeOffset Origin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly long Start = Microseconds.Of(Origin);

    public static ImmutableArray<ExperimentView> Views { get; } =
    [
        new("one", 1, Start, 2,
            [Plan("bought", "buy", Aggregate.Any, 1), Plan("revenue", "buy", Aggregate.Sum, 72) with { Age = TimeSpan.FromDays(1) }, Plan("views", "view", Aggregate.Count, 24) with { Age = TimeSpan.FromHours(10) }], ["x"])
        {
            Segments = [new SegmentPlan("country", ["DE", "FR"]), new SegmentPlan("os", ["3", "true"])],
        },
        new("two", 3, Start + (12 * Hour), 3,
            [
                Plan("days", "buy", Aggregate.DistinctDays, 96),
                Plan("largest", "view", Aggregate.Max, 24) with { Cap = 2.5 },
                Plan("retained", "buy", Aggregate.Between, 48) with { From = TimeSpan.FromHours(24) },
                Plan("refunds", "refund", Aggregate.Sum, 30) with { Filter = new PropertyFilter([new PropertyClause("kind", PropertyOperator.Equal, ["a"])]) },
            ],
            [])
        {
            Segments = [new SegmentPlan("country", ["DE"])],
        },
        new("three", 1, Start, 2, [Plan("refunded", "refund", Aggregate.Any, 10) with { Age = TimeSpan.FromHours(4) }], ["x", "y"]) { ClosesAt = Start + (60 * Hour), UnitsFrom = Start + (15 * Hour) },
    ];

    /// <summary>Items in order of arrival. The first letter of an id says whether it may come twice.</summary>
    public static Gen<ImmutableArray<Arrival>> Items { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 2]),
        Gen.Select(Gen.Int[-1, 2], Gen.Int[-24, 120], Gen.Int[-1, 1]),
        Gen.Select(Gen.Int[0, Values.Length - 1], Gen.Int[0, 9], Gen.Int[0, 6])).Array[0, 40].Select(Build);

    private static MetricPlan Plan(string metric, string name, Aggregate aggregate, int hours) => new(metric, name, aggregate, TimeSpan.FromHours(hours));

    private static ImmutableArray<Arrival> Build(((int Kind, int User, int Experiment) What, (int Pick, int Hour, int Edge) When, (int Value, int Id, int Step) How)[] draws)
    {
        var clock = Start;
        var items = ImmutableArray.CreateBuilder<Arrival>();
        foreach (var (what, when, how) in draws)
        {
            clock += how.Step switch { 0 => 24 * Hour, 1 or 2 => Hour, _ => 0 };
            items.Add(Build(items.Count, what, when, how, clock));
        }

        return items.ToImmutable();
    }

    private static Arrival Build(
        int index, (int Kind, int User, int Experiment) what, (int Pick, int Hour, int Edge) when, (int Value, int Id, int Step) how, long clock)
    {
        var user = $"u{what.User}";
        var experiment = Views[what.Experiment].Key;
        var at = Start + (when.Hour * Hour) + (how.Step == 6 ? when.Edge : 0);
        var clientAt = how.Id % 2 == 0 ? at - 17 : (long?)null;
        var id = how.Id switch { < 3 => $"shared-{how.Id}", < 8 => $"own-{index}", _ => null };
        var value = Values[how.Value];
        return what.Kind switch
        {
            < 4 => new Arrival(experiment, clock, new ExposureItem(index, user, when.Pick, at, clientAt, id, Attributes[how.Value], null), null, null),
            4 => new Arrival(experiment, clock, null, null, new CovariateItem(index, user, how.Id % 2 == 0 ? "x" : "y", value)),
            5 => new Arrival(experiment, clock, null, Event(index, user, when.Pick, value, at, clientAt, id, experiment), null),
            _ => new Arrival(null, clock, null, Event(index, user, when.Pick, value, at, clientAt, id, null), null),
        };
    }

    private static EventItem Event(int index, string user, int pick, double value, long at, long? clientAt, string? id, string? scope) =>
        new(index, user, Names[pick + 1], value, at, clientAt, id, scope, (index % 3) switch { 0 => """{"kind":"a"}""", 1 => """{"kind":"b"}""", _ => null });
}
