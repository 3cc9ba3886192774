using Assay.Analysis.Measurement;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

public sealed class AgeTests
{
    private const long Hour = 3_600_000_000;
    private const long Start = 100 * 24 * Hour;

    private static readonly ExperimentView View = new(
        "one",
        1,
        Start,
        2,
        [
            Plan("bought", "buy", Aggregate.Any, 60) with { Age = TimeSpan.FromDays(1) },
            Plan("largest", "buy", Aggregate.Max, 60),
            Plan("revenue", "buy", Aggregate.Sum, 96) with { Age = TimeSpan.FromDays(2) },
            Plan("buys", "buy", Aggregate.Count, 30) with { Age = TimeSpan.FromDays(1) },
        ],
        ["x"])
    {
        Segments = [new SegmentPlan("country", ["DE"])],
    };

    [Fact]
    public void A_unit_has_a_value_for_each_age_from_its_own_first_exposure()
    {
        var unit = UnitMeasure.Measure(View, new UnitRows([new(Start + (5 * Hour), 1, "")], [Buy(5, 3), Buy(29, 1), Buy(28.999, 2), Buy(64.999, 4), Buy(65, 8), Buy(100, 16), Buy(101, 32)], []))!;
        // bought: days 1, 2 and the half of day 3 up to hour 65; revenue: two days, two days up to hour 101; buys: day 1, and the six hours up to hour 35.
        Assert.Equal([1, 1, 1, 3 + 2 + 1, 4 + 8 + 16, 2, 1], unit.Ages.AsSpan());
        Assert.Equal([1, 4, 34, 3], unit.Metrics.Select(metric => metric.Value));
    }

    [Fact]
    public void Who_did_nothing_is_a_zero_at_every_age_and_who_is_in_no_arm_has_none()
    {
        Assert.Equal([0, 0, 0, 0, 0, 0, 0], UnitMeasure.Measure(View, new UnitRows([new(Start, 1, "")], [], []))!.Ages.AsSpan());
        Assert.True(UnitMeasure.Measure(View, new UnitRows([new(Start, -1, "")], [Buy(3, 1)], []))!.Ages.IsEmpty);
    }

    [Fact]
    public void Ages_are_kept_apart_from_all_units_and_from_segments_with_exact_products_between_them()
    {
        var set = new AccumulatorSet(View, 0);
        set.Add(UnitMeasure.Measure(View, new UnitRows([new(Start, 1, "", """{"country":"DE"}""")], [Buy(1, 0.1), Buy(49, 0.2)], []))!);
        set.Add(UnitMeasure.Measure(View, new UnitRows([new(Start, 1, "")], [Buy(1, 0.3)], []))!);
        var ages = set.Changed.Single(entry => entry.Key is { Metric: "revenue", IsByAge: true });
        Assert.Equal((1, "age", Maturity.InSlice(Maturity.MaturesAt(Start, TimeSpan.FromHours(96)))), (ages.Key.Arm, ages.Key.Slice, ages.Key.MaturesAt));
        var moments = ages.Value.ToMoments();
        Assert.Equal((2, 2, 0.2, 0.1), (moments.Count, moments.Columns, moments.Means[0], moments.Means[1]));
        Assert.Equal(-0.02, moments.Scatter(0, 1), 1e-15);
        Assert.Equal(["", "country=DE", "country=none"], set.Changed.Keys.Where(key => key is { Metric: "revenue", IsByAge: false }).Select(key => key.Slice).Order());
        Assert.DoesNotContain(set.Changed.Keys, key => key is { Metric: "largest", IsByAge: true });
    }

    /// <summary>Taking out is the exact inverse of putting in, whatever was put in between.</summary>
    [Fact]
    public void What_is_taken_out_again_leaves_nothing() =>
        Gen.Select(Gen.Int[0, 70], Gen.Int[0, 1], Gen.Select(Gen.Int[-5, 120], Gen.Double[-1e9, 1e9]).Array[0, 8]).Array[1, 8].Sample(units =>
        {
            var measured = units.Select(unit => UnitMeasure.Measure(View, new UnitRows([new(Start + (unit.Item1 * Hour), unit.Item2, "")], [.. unit.Item3.Select(e => Buy(e.Item1, e.Item2))], []))!).ToList();
            var (set, last) = (new AccumulatorSet(View, 0), new AccumulatorSet(View, 0));
            foreach (var unit in measured) set.Add(unit);
            foreach (var unit in measured.SkipLast(1)) set.Remove(unit);
            last.Add(measured[^1]);
            var (left, alone) = (set.ToImmutable(), last.ToImmutable());
            Assert.Equal(alone.Keys.ToHashSet(), left.Keys.ToHashSet());
            Assert.All(alone, entry => Assert.Equal(entry.Value.Encode(), left[entry.Key].Encode()));
        });

    [Fact]
    public void Values_by_age_alone_tell_two_units_apart()
    {
        ExposureRow[] exposed = [new(Start, 1, "")];
        var (early, late) = (UnitMeasure.Measure(View, new UnitRows(exposed, [Buy(1, 5)], []))!, UnitMeasure.Measure(View, new UnitRows(exposed, [Buy(25, 5)], []))!);
        Assert.Equal(early.Metrics.AsSpan(), late.Metrics.AsSpan());
        Assert.NotEqual(early, late);
    }

    private static MetricPlan Plan(string metric, string name, Aggregate aggregate, int hours) => new(metric, name, aggregate, TimeSpan.FromHours(hours));

    private static EventRow Buy(double hour, double value) => new("buy", Start + (long)(hour * Hour), value, Start, null);
}
