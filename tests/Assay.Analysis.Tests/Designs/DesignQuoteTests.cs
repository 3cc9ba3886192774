using System.Collections.Immutable;
using Assay.Analysis.Designs;
using CsCheck;

namespace Assay.Analysis.Tests.Designs;

public sealed class DesignQuoteTests
{
    private static readonly Design Binary = Documents.Design(Documents.Smallest);

    private static readonly Gen<Design> Designs =
        from type in OneOf(MetricType.Binary, MetricType.Continuous, MetricType.Count)
        from method in OneOf(AnalysisMethod.AlwaysValid, AnalysisMethod.FixedHorizon, AnalysisMethod.Bayesian)
        from direction in Gen.Enum<Direction>()
        from baseline in Gen.Double[0.02, 0.9]
        from mde in Gen.Double[1, 10]
        from split in Gen.Double[0.5, 4].Array[2, 4]
        select With(Binary, type, direction, baseline, mde, method, [.. split]);

    [Fact]
    public void A_quote_is_the_plan_and_what_prices_it()
    {
        var design = Documents.Design(Documents.Change("/metrics/more_primaries", """[ { "name": "signup", "metric_type": "binary" } ]"""));
        design = design with { Setup = design.Setup with { TrafficSplit = [1, 1, 1, 0], TrafficAllocation = 0.5, HoldoutFraction = 0.1, Variations = [.. Enumerable.Repeat(design.Setup.Variations[0], 4)] } };
        var (quote, plan) = (DesignQuote.Of(design), Pricing.Price(design));

        Assert.Equal(plan.PlannedSampleSizePerVariant, quote.PlannedSampleSizePerVariant);
        Assert.Equal(plan.PlannedSampleSizes, quote.PlannedSampleSizes);
        Assert.Equal(plan.DurationDays, quote.DurationDays);
        Assert.Equal((4, 0.05 / 4), (quote.Hypotheses, quote.AlphaPerHypothesis));
        Assert.Equal(12000 * 0.5 * 0.9, quote.DailyUnits!.Value, 1e-9);
        Assert.Equal(0.05, DesignQuote.Of(design with { Constraints = design.Constraints with { Analysis = AnalysisMethod.Bayesian } }).AlphaPerHypothesis);
    }

    [Fact]
    public void Without_traffic_no_week_finds_anything_that_could_be_named()
    {
        var quote = DesignQuote.Of(Binary);
        Assert.Null(quote.DailyUnits);
        Assert.Null(quote.MdeByWeek);
    }

    [Fact]
    public void The_units_of_the_plan_find_the_effect_of_the_plan() => Designs.Select(Smooth).Sample(design =>
        Assert.Equal(design.Metrics.MdePct, DetectableEffect.Percent(design, Pricing.TotalUnits(design))!.Value, 1e-9 * design.Metrics.MdePct));

    [Fact]
    public void Each_week_finds_a_smaller_effect_which_is_the_least_that_its_units_pay_for() => Designs.Select(Smooth).Sample(design =>
    {
        var total = Pricing.TotalUnits(design);
        var quote = DesignQuote.Of(design with { Setup = design.Setup with { ExpectedDailyTraffic = total / 10 } });
        var weeks = quote.MdeByWeek!;

        Assert.Equal(Enumerable.Range(1, 8), weeks.Select(week => week.Week));
        for (var i = 0; i < weeks.Count; i++)
        {
            Assert.Equal(total / 10 * 7 * (i + 1), weeks[i].Units, 1e-6 * total);
            if (weeks[i].MdePct is not { } found) continue;
            Assert.True(i == 0 || weeks[i - 1].MdePct is null || found < weeks[i - 1].MdePct);
            Assert.True(Pricing.TotalUnits(Sized(design, found)) <= weeks[i].Units);
            Assert.True(Pricing.TotalUnits(Sized(design, found * (1 - 1e-9))) > weeks[i].Units);
        }

        Assert.NotNull(weeks[^1].MdePct);
    });

    /// <summary>
    /// An exact power rises in steps, and units that assure 100 conversions are worth the same to many effects: such a price has no inverse. What is found is an effect that the units pay for,
    /// never a larger one than the plan's, and next to one that they do not pay for. An inversion takes a second.
    /// </summary>
    [Fact]
    [Trait("Ring", "calibration")]
    public void The_units_of_an_exact_plan_find_its_effect_or_a_smaller_one_that_they_just_pay_for() => Designs.Select(Exact).Sample(
        design =>
        {
            var total = Pricing.TotalUnits(design);
            var found = DetectableEffect.Percent(design, total)!.Value;

            Assert.True(found <= design.Metrics.MdePct);
            Assert.True(Pricing.TotalUnits(Sized(design, found)) <= total);
            Assert.True(Pricing.TotalUnits(Sized(design, found * (1 - 1e-9))) > total);
        },
        iter: 8);

    /// <summary>Golden cases mde_inversion: sizes of both arms, and the absolute effects they find.</summary>
    [Theory]
    [InlineData(MetricType.Continuous, Direction.Increase, 1, 1, 2000, 1, 0.8, 0.12529069984918345)]
    [InlineData(MetricType.Continuous, Direction.Decrease, 1, 2, 20, 1, 0.8, 2.505813996983669)]
    [InlineData(MetricType.Binary, Direction.Increase, 0.1, 0, 10_000, 1, 0.8, 0.017439914809797803)]
    [InlineData(MetricType.Binary, Direction.Decrease, 0.1, 0, 10_000, 1, 0.8, 0.016185374571192207)]
    [InlineData(MetricType.Binary, Direction.Increase, 0.02, 0, 40_000, 1, 0.8, 0.004114563221215165)]
    [InlineData(MetricType.Binary, Direction.Decrease, 0.5, 0, 2000, 1, 0.9, 0.07221820670597619)]
    [InlineData(MetricType.Binary, Direction.Increase, 0.1, 0, 100_000, 9, 0.8, 0.008976915063522918)]
    public void A_fixed_test_finds_what_the_golden_inversions_say(
        MetricType type, Direction direction, double baseline, double deviation, double units, double controlWeight, double power, double effect)
    {
        var design = With(Binary, type, direction, baseline, 1, AnalysisMethod.FixedHorizon, [controlWeight, 1]);
        design = design with { Metrics = design.Metrics with { Power = power, Primary = design.Metrics.Primary with { StdDev = type == MetricType.Binary ? null : deviation } } };

        Assert.Equal(effect, DetectableEffect.Percent(design, units)!.Value / 100 * baseline, 1e-8 * effect);
    }

    [Theory]
    [InlineData(MetricType.Binary, Direction.Increase)]
    [InlineData(MetricType.Binary, Direction.Decrease)]
    [InlineData(MetricType.Count, Direction.Decrease)]
    public void Where_even_the_largest_effect_needs_more_units_there_is_none(MetricType type, Direction direction) =>
        Assert.Null(DetectableEffect.Percent(With(Binary, type, direction, 0.05, 5, AnalysisMethod.FixedHorizon, [1, 1]), 4));

    [Fact]
    public void A_sum_may_move_by_any_effect_and_a_handful_of_units_find_a_vast_one() =>
        Assert.InRange(DetectableEffect.Percent(With(Binary, MetricType.Continuous, Direction.Increase, 0.05, 5, AnalysisMethod.FixedHorizon, [1, 1]), 6)!.Value, 1000, 1e6);

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Where_an_arm_gets_fewer_than_two_units_nothing_is_found(double units, bool isFound) =>
        Assert.Equal(isFound, DetectableEffect.Percent(With(Binary, MetricType.Continuous, Direction.Increase, 0.05, 5, AnalysisMethod.FixedHorizon, [9, 1, 0]), units) is not null);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Design Sized(Design design, double mdePct) => design with { Metrics = design.Metrics with { MdePct = mdePct } };

    private static Design With(Design design, MetricType type, Direction direction, double baseline, double mdePct, AnalysisMethod method, ImmutableArray<double> split)
    {
        var deviation = type switch { MetricType.Binary => (double?)null, MetricType.Count => Math.Sqrt(baseline), _ => 3 };
        var primary = design.Metrics.Primary with { Type = type, Direction = direction, BaselineValue = baseline, StdDev = deviation };
        return design with
        {
            Setup = design.Setup with { TrafficSplit = split, Variations = [.. split.Select((_, arm) => design.Setup.Variations[0] with { Key = $"{arm}" })] },
            Metrics = design.Metrics with { Primary = primary, MdePct = mdePct },
            Constraints = design.Constraints with { Analysis = method },
        };
    }

    /// <summary>Sizes of the exact sequence rise in steps of whole units, so that only those of the other methods are inverted to their last digits.</summary>
    private static Design Smooth(Design design) => IsStepped(design) ? design with { Constraints = design.Constraints with { Analysis = AnalysisMethod.FixedHorizon } } : design;

    private static Design Exact(Design design) => design with
    {
        Constraints = design.Constraints with { Analysis = AnalysisMethod.AlwaysValid },
        Metrics = design.Metrics with { MdePct = 8 * design.Metrics.MdePct, Primary = design.Metrics.Primary with { Type = MetricType.Binary, StdDev = null, BaselineValue = Math.Min(0.4, design.Metrics.Primary.BaselineValue!.Value) } },
    };

    private static bool IsStepped(Design design) => design is { Constraints.Analysis: AnalysisMethod.AlwaysValid, Metrics.Primary.Type: MetricType.Binary };
}
