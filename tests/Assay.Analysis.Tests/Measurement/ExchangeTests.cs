using Assay.Analysis.Measurement;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

/// <summary>A unit that leaves as it was and enters as it is.</summary>
public sealed class ExchangeTests
{
    private const long Hour = 3_600_000_000;
    private static readonly long Start = 480 * 24 * Hour;

    private static readonly ExperimentView View = new(
        "one", 1, Start, 2,
        [
            new MetricPlan("bought", "buy", Aggregate.Any, TimeSpan.FromHours(60)) with { Age = TimeSpan.FromHours(24) },
            new MetricPlan("revenue", "buy", Aggregate.Sum, TimeSpan.FromHours(96)),
            new MetricPlan("views", "view", Aggregate.Count, TimeSpan.FromHours(24)),
        ],
        ["x"])
    {
        Segments = [new SegmentPlan("country", ["DE"])],
    };

    /// <summary>A unit's exposures by hour, arm and country; events by name, hour and value; and perhaps its covariate.</summary>
    private static readonly Gen<UnitMeasurement?> Units = Gen.Select(
        Gen.Select(Gen.Int[0, 50], Gen.Int[-1, 1], Gen.Bool).Array[0, 2],
        Gen.Select(Gen.Bool, Gen.Int[-5, 120], Gen.Int[0, 2]).Array[0, 4],
        Gen.Int[0, 2]).Select((exposures, events, covariate) => UnitMeasure.Measure(View, new UnitRows(
            [.. exposures.Select(row => new ExposureRow(Start + (row.Item1 * Hour), row.Item2, "", row.Item3 ? """{"country":"DE"}""" : null))],
            [.. events.Select(row => new EventRow(row.Item1 ? "buy" : "view", Start + (row.Item2 * Hour), row.Item3 * 0.1, Start, null))],
            covariate == 0 ? [] : [new CovariateRow("x", covariate)])));

    [Fact]
    public void Is_the_same_as_taking_out_and_putting_in() =>
        Gen.Select(Units, Units, Units.Array[0, 4]).Sample((before, after, others) =>
        {
            var (exchanged, expected) = (new AccumulatorSet(View, Start), new AccumulatorSet(View, Start));
            foreach (var unit in others.Append(before))
            {
                if (unit is null) continue;
                exchanged.Add(unit);
                expected.Add(unit);
            }

            exchanged.Exchange(before, after);
            if (before is not null) expected.Remove(before);
            if (after is not null) expected.Add(after);
            AssertSame(expected, exchanged);
        });

    [Fact]
    public void Does_not_touch_what_stays_the_same()
    {
        ExposureRow[] exposed = [new(Start, 1, "", """{"country":"DE"}""")];
        EventRow[] events = [new("buy", Start + Hour, 2, Start, null), new("view", Start + Hour, 1, Start, null)];
        var (before, after) = (UnitMeasure.Measure(View, new UnitRows(exposed, [events[0]], []))!, UnitMeasure.Measure(View, new UnitRows(exposed, [.. events], []))!);
        var start = new AccumulatorSet(View, 0);
        start.Add(before);
        var set = new AccumulatorSet(View, start.ToImmutable(), 0);
        set.Exchange(before, after);
        Assert.Equal([("", ""), ("views", ""), ("views", "country=DE")], set.Changed.Keys.Select(key => (key.Metric, key.Slice)).Order());
        set = new AccumulatorSet(View, start.ToImmutable(), 0);
        set.Exchange(before, UnitMeasure.Measure(View, new UnitRows(exposed, [events[0]], [])));
        Assert.Empty(set.Changed);
    }

    [Fact]
    public void Differences_told_apart_come_to_the_same_as_told_together() =>
        Gen.Select(Units, Units).Array[0, 8].Sample(units =>
        {
            var start = new AccumulatorSet(View, 0);
            foreach (var (before, _) in units)
                if (before is not null) start.Add(before);
            var picture = start.ToImmutable();
            var together = new AccumulatorSet(View, picture, 0);
            AccumulatorSet[] apart = [new(View, picture, 0), new(View, 0), new(View, 0)];
            foreach (var (i, (before, after)) in units.Index())
            {
                together.Exchange(before, after);
                apart[i % apart.Length].Exchange(before, after);
            }

            apart[0].Add(apart[1]);
            apart[0].Add(apart[2]);
            AssertSame(together, apart[0]);
        });

    private static void AssertSame(AccumulatorSet left, AccumulatorSet right)
    {
        var (one, other) = (left.ToImmutable(), right.ToImmutable());
        Assert.Equal(one.Keys.ToHashSet(), other.Keys.ToHashSet());
        Assert.All(one, entry => Assert.Equal(entry.Value.Encode(), other[entry.Key].Encode()));
    }
}
