using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

public sealed class UnitMeasureTests
{
    private const long Hour = 3_600_000_000;
    private const long Start = 100 * 24 * Hour;
    private const long First = Start + Hour;

    [Fact]
    public void Nothing_known_is_nothing_measured() => Assert.Null(UnitMeasure.Measure(View(Plan(Aggregate.Any)), UnitRows.None));

    [Fact]
    public void A_covariate_alone_is_nothing_measured() =>
        Assert.Null(UnitMeasure.Measure(View(Plan(Aggregate.Any)), UnitRows.None with { Covariates = [new CovariateRow("x", 1)] }));

    [Fact]
    public void An_event_without_an_exposure_is_counted_outside()
    {
        var unit = UnitMeasure.Measure(View(Plan(Aggregate.Any)), new UnitRows([], [Event(First), Event(Start - 1)], []))!;
        Assert.Equal((UnitMeasurement.Unexposed, new EventTiming(0, 0, 0, 1), 0L), (unit.Arm, unit.Timing, unit.TimingMaturesAt));
        Assert.Empty(unit.Metrics);
    }

    [Fact]
    public void A_unit_only_held_out_is_outside_the_arms()
    {
        var unit = UnitMeasure.Measure(View(Plan(Aggregate.Any)), new UnitRows([new ExposureRow(First, -1, "")], [Event(First)], []))!;
        Assert.Equal((UnitMeasurement.Holdout, new EventTiming(0, 0, 0, 1)), (unit.Arm, unit.Timing));
    }

    [Fact]
    public void The_first_exposure_to_an_arm_decides_and_ties_go_to_the_lower_arm_then_the_lower_id()
    {
        Assert.Equal((1, true), Decide(new(First, 1, ""), new(First + 1, 0, ""), new(First - 5, -1, "")));
        Assert.Equal((0, true), Decide(new(First, 1, ""), new(First, 0, "")));
        Assert.Equal((1, false), Decide(new(First, 1, "b"), new(First, 1, "a"), new(First, -1, "")));
    }

    [Fact]
    public void The_window_begins_with_the_exposure_and_ends_before_its_length_is_over()
    {
        var unit = Measure(Plan(Aggregate.Count, hours: 2), Event(First - 1), Event(First), Event(First + (2 * Hour) - 1), Event(First + (2 * Hour)));
        Assert.Equal(2, unit.Metrics[0].Value);
        Assert.Equal(new EventTiming(1, 2, 1, 0), unit.Timing);
    }

    [Fact]
    public void Timing_goes_by_the_longest_window_that_uses_the_name()
    {
        var view = View(Plan(Aggregate.Any, hours: 1), Plan(Aggregate.Any, hours: 5) with { Metric = "long" }, Plan(Aggregate.Any, hours: 9) with { Metric = "other", Event = "other" });
        var unit = UnitMeasure.Measure(view, new UnitRows([new(First, 0, "")], [Event(First + (4 * Hour)), Event(First + (6 * Hour)), Event(First + (6 * Hour)) with { Name = "other" }], []))!;
        Assert.Equal(new EventTiming(0, 2, 1, 0), unit.Timing);
        Assert.Equal(First + (10 * Hour), unit.TimingMaturesAt);
    }

    [Fact]
    public void Events_outside_the_life_of_the_experiment_are_not_seen()
    {
        var view = View(Plan(Aggregate.Count)) with { ClosesAt = First + (2 * Hour) };
        var unit = UnitMeasure.Measure(view, new UnitRows([new(First, 0, "")], [Event(Start - 1), Event(First + Hour), Event(First + (2 * Hour))], []))!;
        Assert.Equal((1d, new EventTiming(0, 1, 0, 0)), (unit.Metrics[0].Value, unit.Timing));
    }

    [Theory]
    [InlineData(Aggregate.Any, 1)]
    [InlineData(Aggregate.Sum, 5.5)]
    [InlineData(Aggregate.Count, 3)]
    [InlineData(Aggregate.DistinctDays, 2)]
    [InlineData(Aggregate.Max, 4)]
    public void Each_aggregate_makes_its_number(Aggregate aggregate, double expected)
    {
        var unit = Measure(Plan(aggregate), Event(First, 4), Event(First + Hour, -0.5), Event(First + (24 * Hour), 2));
        Assert.Equal(new MetricValue(First + (49 * Hour), expected, 3, 0), unit.Metrics[0]);
        Assert.Equal(0, Measure(Plan(aggregate)).Metrics[0].Value);
    }

    [Fact]
    public void Between_takes_only_the_later_part_of_the_window()
    {
        var plan = Plan(Aggregate.Between) with { From = TimeSpan.FromHours(24) };
        Assert.Equal((0d, 0L), Outcome(Measure(plan, Event(First + (24 * Hour) - 1))));
        Assert.Equal((1d, 1L), Outcome(Measure(plan, Event(First), Event(First + (24 * Hour)))));
        Assert.Equal((0d, 0L), Outcome(Measure(plan, Event(First + (48 * Hour)))));
    }

    [Fact]
    public void The_cap_bounds_the_unit_and_not_the_event()
    {
        var plan = Plan(Aggregate.Sum) with { Cap = 5 };
        Assert.Equal((5d, 2L), Outcome(Measure(plan, Event(First, 3), Event(First, 4))));
        Assert.Equal((-2d, 2L), Outcome(Measure(plan, Event(First, 8), Event(First, -10))));
    }

    [Fact]
    public void A_negative_largest_value_is_kept() => Assert.Equal(-3, Measure(Plan(Aggregate.Max), Event(First, -3), Event(First, -4)).Metrics[0].Value);

    [Fact]
    public void An_event_is_late_when_it_arrives_after_the_unit_matured()
    {
        var maturesAt = First + (49 * Hour);
        var unit = Measure(Plan(Aggregate.Count), Event(First) with { ArrivedAt = maturesAt }, Event(First) with { ArrivedAt = maturesAt + 1 });
        Assert.Equal(new MetricValue(maturesAt, 2, 2, 1), unit.Metrics[0]);
    }

    [Fact]
    public void A_sum_is_correctly_rounded_and_its_zero_has_no_sign()
    {
        Assert.Equal(0.3, Measure(Plan(Aggregate.Sum), Event(First, 1e15), Event(First, 0.3), Event(First, -1e15)).Metrics[0].Value);
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Measure(Plan(Aggregate.Sum), Event(First, -0.0)).Metrics[0].Value));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Measure(Plan(Aggregate.Max), Event(First, -0.0)).Metrics[0].Value));
    }

    [Fact]
    public void Covariates_come_as_pairs_and_a_missing_one_says_so()
    {
        var view = View(Plan(Aggregate.Any)) with { Covariates = ["x", "y"] };
        var unit = UnitMeasure.Measure(view, new UnitRows([new(First, 0, "")], [], [new("y", 7), new("z", 9)]))!;
        Assert.Equal([0, 1, 7, 0], unit.Covariates.AsEnumerable());
    }

    [Fact]
    public void The_order_of_a_units_rows_never_matters() =>
        Gen.Select(
            Gen.Select(Gen.Long[0, 5], Gen.Int[-1, 2], Gen.Int[0, 1], Gen.Int[0, 2], (hour, arm, id, country) => new ExposureRow(Start + (hour * Hour), arm, id == 0 ? "" : "i", country == 0 ? null : $$"""{"country":{{country}}}""")).Array[0, 5],
            Gen.Select(Gen.Long[0, 200], Exact.Doubles.Accepted, Gen.Long[0, 300], (hour, value, arrival) => Event(Start + (hour * Hour), value) with { ArrivedAt = Start + (arrival * Hour) }).Array[0, 8],
            Gen.Int).Sample((exposures, events, seed) =>
            {
                var view = View([.. Enum.GetValues<Aggregate>().Select(aggregate => Plan(aggregate) with { Metric = aggregate.ToString(), From = TimeSpan.FromHours(3) })]) with
                {
                    Segments = [new SegmentPlan("country", ["1", "2"])],
                };
                var expected = UnitMeasure.Measure(view, new UnitRows(exposures, events, []));
                var random = new Random(seed);
                random.Shuffle(exposures);
                random.Shuffle(events);
                Assert.Equal(expected, UnitMeasure.Measure(view, new UnitRows(exposures, events, [])));
            });

    private static ExperimentView View(params ImmutableArray<MetricPlan> plans) => new("e", 1, Start, 3, plans, []);

    private static MetricPlan Plan(Aggregate aggregate, int hours = 48) => new("m", "buy", aggregate, TimeSpan.FromHours(hours));

    private static EventRow Event(long at, double value = 1) => new("buy", at, value, at, null);

    private static UnitMeasurement Measure(MetricPlan plan, params EventRow[] events) =>
        UnitMeasure.Measure(View(plan), new UnitRows([new(First, 0, "")], events, []))!;

    private static (double Value, long Events) Outcome(UnitMeasurement unit) => (unit.Metrics[0].Value, unit.Metrics[0].Events);

    private static (int Arm, bool IsCrossover) Decide(params ExposureRow[] exposures)
    {
        var unit = UnitMeasure.Measure(View(Plan(Aggregate.Any)), new UnitRows(exposures, [], []))!;
        return (unit.Arm, unit.IsCrossover);
    }
}
