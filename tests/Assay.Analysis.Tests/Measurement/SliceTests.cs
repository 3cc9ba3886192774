using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

public sealed class SliceTests
{
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;
    private const long First = (100 * Day) + Hour;

    private static readonly string?[] Attributes =
        [null, "{}", """{"country":"DE"}""", """{"country":"FR","os":"ios"}""", """{"country":"IT","os":7}""", """{"country":null,"os":[]}"""];

    [Theory]
    [InlineData(null, "none")]
    [InlineData("{}", "none")]
    [InlineData("""{"Country":"DE"}""", "none")]
    [InlineData("""{"country":null}""", "none")]
    [InlineData("""{"country":"DE"}""", "DE")]
    [InlineData("""{"country":"de"}""", "other")]
    [InlineData("""{"country":""}""", "other")]
    [InlineData("""{"country":"none"}""", "other")]
    [InlineData("""{"country":"other"}""", "other")]
    [InlineData("""{"country":1.5}""", "1.5")]
    [InlineData("""{"country":"1.5"}""", "1.5")]
    [InlineData("""{"country":2}""", "other")]
    [InlineData("""{"country":true}""", "true")]
    [InlineData("""{"country":false}""", "other")]
    [InlineData("""{"country":["DE"]}""", "other")]
    [InlineData("""{"country":{"DE":"DE"}}""", "other")]
    [InlineData("""{"country":"a=b"}""", "a=b")]
    [InlineData("""{"country":"\u00e4"}""", "ä")]
    public void A_declared_value_has_its_slice_another_is_other_and_none_is_none(string? attributes, string value) =>
        Assert.Equal([$"country={value}"], Measure(View(new SegmentPlan("country", ["DE", "1.5", "true", "a=b", "ä"])), new ExposureRow(First, 0, "", attributes)).Slices.AsEnumerable());

    [Fact]
    public void A_unit_is_in_one_slice_of_every_segment_in_their_order() =>
        Assert.Equal(["os=other", "country=FR"], Measure(View(new("os", ["web"]), new("country", ["FR"])), new ExposureRow(First, 0, "", Attributes[3])).Slices.AsEnumerable());

    [Fact]
    public void Without_segments_attributes_are_not_even_read() =>
        Assert.Empty(Measure(View(), new ExposureRow(First, 0, "", "no JSON at all")).Slices);

    [Fact]
    public void The_exposure_that_decides_the_arm_decides_the_slice()
    {
        var view = View(new SegmentPlan("n", ["1", "2"]));
        Assert.Equal("n=1", Decide(view, new(First, 1, "", N(1)), new(First + 1, 0, "", N(2))));
        Assert.Equal("n=1", Decide(view, new(First, 1, "", N(2)), new(First, 0, "", N(1))));
        Assert.Equal("n=1", Decide(view, new(First, 0, "b", N(2)), new(First, 0, "a", N(1))));
        Assert.Equal("n=1", Decide(view, new(First, 0, "a", N(2)), new(First, 0, "", N(1))));
        Assert.Equal("n=1", Decide(view, new(First - 1, -1, "", N(2)), new(First, 0, "", N(1))));
        Assert.Equal("n=none", Decide(view, new(First, 0, ""), new(First + 1, 0, "", N(1))));

        static string N(int n) => $$"""{"n":{{n}}}""";
    }

    [Fact]
    public void Units_outside_the_arms_have_no_slice() =>
        Assert.Empty(Measure(View(new SegmentPlan("country", ["DE"])), new ExposureRow(First, -1, "", Attributes[2])).Slices);

    [Theory]
    [InlineData(1, 103)]
    [InlineData(23, 103)] // matures at midnight exactly
    [InlineData(24, 104)]
    public void A_unit_is_completed_in_its_slice_at_the_midnight_after_it_matured(int hour, int day)
    {
        var set = new AccumulatorSet(View(new SegmentPlan("country", ["DE"])), 0);
        set.Add(Measure(View(new SegmentPlan("country", ["DE"])), new ExposureRow((100 * Day) + (hour * Hour), 0, "", Attributes[2])));
        var key = Assert.Single(set.Changed.Keys, key => key.Slice == "country=DE");
        Assert.Equal(day * Day, key.MaturesAt);
        Assert.Equal((100 * Day) + ((hour + 50) * Hour) - Hour, Assert.Single(set.Changed.Keys, key => key is { Slice: "", Metric: "m" }).MaturesAt);
    }

    [Fact]
    public void Slices_of_a_segment_add_up_to_all_units_and_units_leave_them_without_a_trace() =>
        Gen.Select(Units, Units, Gen.Int, Gen.Int[100, 110]).Sample((stay, leave, seed, compacted) =>
        {
            var view = View(new("country", ["DE", "FR"]), new("os", ["ios", "7"]));
            var expected = Put(view, stay, compacted);
            UnitMeasurement[] all = [.. Measured(view, stay), .. Measured(view, leave)];
            new Random(seed).Shuffle(all);
            var set = new AccumulatorSet(view, (compacted - 5) * Day);
            foreach (var unit in all) set.Add(unit);
            set.CompactThrough(compacted * Day);
            foreach (var unit in Measured(view, leave)) set.Remove(unit);
            var left = set.ToImmutable();

            Assert.Equal(expected.Keys.ToHashSet(), left.Keys.ToHashSet());
            Assert.All(expected, entry => Assert.Equal(entry.Value.Encode(), left[entry.Key].Encode()));
            foreach (var attribute in (string[])["country=", "os="])
                foreach (var arm in (int[])[0, 1])
                    Assert.Equal(Sum(left, arm, slice => slice.Length == 0), Sum(left, arm, slice => slice.StartsWith(attribute, StringComparison.Ordinal)));
        });

    private static Gen<ExposureRow[]> Units { get; } =
        Gen.Select(Gen.Long[0, 200], Gen.Int[-1, 1], Gen.Int[0, Attributes.Length - 1], (hour, arm, attributes) => new ExposureRow(First + (hour * Hour), arm, "", Attributes[attributes])).Array[0, 10];

    private static ImmutableDictionary<AccumulatorKey, Accumulator> Put(ExperimentView view, ExposureRow[] units, int compacted)
    {
        var set = new AccumulatorSet(view, compacted * Day);
        foreach (var unit in Measured(view, units)) set.Add(unit);
        return set.ToImmutable();
    }

    private static IEnumerable<UnitMeasurement> Measured(ExperimentView view, ExposureRow[] units) => units.Select(unit => Measure(view, unit));

    /// <summary>The encoded sum of an arm's accumulators of the metric.</summary>
    private static byte[] Sum(ImmutableDictionary<AccumulatorKey, Accumulator> picture, int arm, Func<string, bool> isIn)
    {
        var sum = new Accumulator(1);
        foreach (var (key, accumulator) in picture)
            if (key.Metric == "m" && key.Arm == arm && isIn(key.Slice)) sum.Add(accumulator);
        return sum.Encode();
    }

    private static ExperimentView View(params ImmutableArray<SegmentPlan> segments) =>
        new("e", 1, 100 * Day, 2, [new MetricPlan("m", "buy", Aggregate.Sum, TimeSpan.FromHours(48))], []) { Segments = segments };

    private static UnitMeasurement Measure(ExperimentView view, params ExposureRow[] exposures) =>
        UnitMeasure.Measure(view, new UnitRows(exposures, [new EventRow("buy", exposures[0].At + 1, exposures[0].At * 0.1, 0, null)], []))!;

    private static string Decide(ExperimentView view, params ExposureRow[] exposures)
    {
        var slice = Assert.Single(Measure(view, exposures).Slices);
        Array.Reverse(exposures);
        Assert.Equal(slice, Assert.Single(Measure(view, exposures).Slices));
        return slice;
    }
}
