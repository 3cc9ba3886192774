using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;
using Assay.Statistics.Distributions;
using CsCheck;

namespace Assay.Analysis.Tests.Designs;

public sealed class PricingTests
{
    private static readonly Design Binary = Documents.Design(Documents.Smallest);

    private static readonly Design Mean = Binary with
    {
        Metrics = Binary.Metrics with { Primary = Binary.Metrics.Primary with { Type = MetricType.Continuous, BaselineValue = 10, StdDev = 30 } },
    };

    [Fact]
    public void The_contracts_example_is_priced_as_the_contract_says()
    {
        var plan = Pricing.Price(Documents.Design(Documents.Contract));

        Assert.Equal(146642, plan.PlannedSampleSizePerVariant);
        Assert.Empty(plan.Boundaries);
        // Its one guardrail halves β: power .9 instead of .8.
        Assert.All(plan.PlannedSampleSizes, size => Assert.InRange(size, 347_000, 350_000));
        Assert.Equal((int)Math.Ceiling(plan.PlannedSampleSizes.Sum() / 12000.0), plan.DurationDays);
    }

    /// <summary>The search for a size by the exact sequence ends at 10¹⁵ units: what is found below it has the power, and what is not has no size.</summary>
    [Theory]
    [InlineData(1.5e-13, 200, true)]
    [InlineData(1e-13, 80, false)]
    public void A_rare_conversion_is_priced_up_to_a_thousand_trillion_units(double baseline, double effect, bool isPriced)
    {
        var design = With(Binary, metrics => metrics with { MdePct = effect, Primary = metrics.Primary with { BaselineValue = baseline } });
        design = design with { Constraints = design.Constraints with { Analysis = AnalysisMethod.AlwaysValid } };
        var sizes = Pricing.Price(design).PlannedSampleSizes;
        Assert.Equal(isPriced, sizes.Length > 0);
        if (!isPriced) return;
        Assert.InRange(sizes.Sum(), 1e14, 1e15);
        var power = TwoProportionSequence.Planned(baseline, sizes[0], sizes[1], design.Metrics.Alpha).Power(baseline, baseline * (1 + (effect / 100)), sizes[0], sizes[1], design.Metrics.Alpha);
        Assert.True(power >= design.Metrics.Power - 0.01, $"{power}");
    }

    /// <summary>Golden designs experiment_design/001 and /005 (Bonferroni over three treatments): σ, δ, arms, units an arm.</summary>
    [Theory]
    [InlineData(1, 0.05, 2, 6280)]
    [InlineData(0.3, 0.01, 4, 18845)]
    public void Means_cost_what_the_golden_designs_cost(double deviation, double difference, int arms, long perArm)
    {
        var primary = Mean.Metrics.Primary with { BaselineValue = 1, StdDev = deviation };
        var design = With(Mean, metrics => metrics with { MdePct = 100 * difference, Primary = primary });

        Assert.Equal(Enumerable.Repeat(perArm, arms), Pricing.Price(Fixed(Split(design, [.. Enumerable.Repeat(1.0, arms)]))).PlannedSampleSizes);
    }

    [Fact]
    public void The_fixed_sizes_are_the_least_that_reach_the_power() => Sizeable.Sample(design =>
    {
        double baseline = design.Metrics.Primary.BaselineValue!.Value, alternative = baseline + Pricing.Difference(design.Metrics);
        var size = Pricing.Price(Fixed(design)).PlannedSampleSizes[0];

        Assert.InRange(Power.TwoProportions(baseline, alternative, size, size, design.Metrics.Alpha), design.Metrics.Power, 1);
        Assert.InRange(Power.TwoProportions(baseline, alternative, size - 1, size - 1, design.Metrics.Alpha), 0, design.Metrics.Power + 1e-3);
    });

    [Fact]
    public void An_always_valid_test_reaches_the_power_in_one_look_at_its_planned_sizes() => Sizeable.Sample(design =>
    {
        double control = design.Metrics.Primary.BaselineValue!.Value, treatment = control + Pricing.Difference(design.Metrics);
        var sizes = Pricing.Price(design).PlannedSampleSizes;
        if (RareConversions.Expects(design, design.Metrics.Primary, sizes, 0, 1)) return;
        var planned = control * (1 - control) * ((1.0 / sizes[0]) + (1.0 / sizes[1]));
        var actual = (control * (1 - control) / sizes[0]) + (treatment * (1 - treatment) / sizes[1]);
        var radius = AlwaysValid.Radius(actual, design.Metrics.Alpha, AlwaysValid.MixtureVariance(planned, design.Metrics.Alpha));
        var power = Normal.Cdf((Math.Abs(treatment - control) - radius) / Math.Sqrt(actual));

        Assert.InRange(power, design.Metrics.Power - 0.01, 1);
        // More than the power is bought only where the mixture would not speak before.
        if (sizes[0] * Math.Min(Math.Min(control, treatment), 1 - Math.Max(control, treatment)) > 131) Assert.Equal(design.Metrics.Power, power, 0.01);
    });

    [Fact]
    public void Reading_at_any_look_costs_a_radius_half_as_wide_again()
    {
        // facts: 1.549 times the fixed width where the mixture is sharpest; squared with the power's share this is 1.92 times the units.
        double fixedZ = Normal.TwoSidedCritical(0.05), beta = Normal.Quantile(0.8);
        var inflation = (double)Pricing.Price(Mean).PlannedSampleSizes[0] / Pricing.Price(Fixed(Mean)).PlannedSampleSizes[0];

        Assert.Equal(1.549, (Math.Sqrt(inflation) * (fixedZ + beta) - beta) / fixedZ, 0.001);
    }

    /// <summary>Rare conversions, whole tests simulated: by planned size the exact sequence finds the effect as often as was asked, whatever the split and the correction.</summary>
    [Theory]
    [InlineData(0.01, 100, Direction.Increase, 0.05, 0.8, new[] { 50.0, 50 })]
    [InlineData(0.004, 150, Direction.Increase, 0.05, 0.9, new[] { 70.0, 30 })]
    [InlineData(0.02, 70, Direction.Decrease, 0.05, 0.8, new[] { 50.0, 50 })]
    [InlineData(0.01, 200, Direction.Increase, 0.01, 0.8, new[] { 40.0, 40, 20 })]
    public void Few_conversions_are_sized_for_the_exact_sequence(double baseline, double mde, Direction direction, double alpha, double power, double[] split)
    {
        const int runs = 2000;
        var design = Split(With(Binary, metrics => metrics with { Primary = metrics.Primary with { BaselineValue = baseline, Direction = direction }, MdePct = mde, Alpha = alpha, Power = power }), [.. split]);
        var sizes = Pricing.Price(design).PlannedSampleSizes;
        var (worst, level) = (split.Length - 1, alpha / (split.Length - 1));
        Assert.True(RareConversions.Expects(design, design.Metrics.Primary, sizes, 0, worst));
        var treatment = baseline + Pricing.Difference(design.Metrics);
        var sequence = TwoProportionSequence.Planned(baseline, sizes[0], sizes[worst], level);
        Assert.InRange(sequence.Power(baseline, treatment, sizes[0], sizes[worst], level), power, power + 0.03);
        var random = new Random(2026);
        var found = 0;
        for (var run = 0; run < runs; run++)
            if (sequence.LogEvidence(Converted(sizes[0], baseline), sizes[0], Converted(sizes[worst], treatment), sizes[worst]) >= -Math.Log(level)) found++;
        // P(Binomial(runs, power) ≤ found) of a size that just suffices is above 1e-3.
        Assert.True(Beta.Survival(power, found + 1, runs - found) > 1e-3, $"{found} of {runs}");

        long Converted(long units, double share)
        {
            long converted = 0;
            for (var at = Wait(); at < units; at += 1 + Wait()) converted++;
            return converted;

            double Wait() => Math.Floor(Math.Log(1 - random.NextDouble()) / Math.Log(1 - share));
        }
    }

    [Fact]
    public void Whether_conversions_are_few_is_the_plan_s_own_answer_and_the_dearer_sequence_is_never_chosen()
    {
        long previous = 0;
        for (var mde = 110.0; mde >= 50; mde -= 5)
        {
            var design = With(Binary, metrics => metrics with { Primary = metrics.Primary with { BaselineValue = 0.01 }, MdePct = mde });
            var sizes = Pricing.Price(design).PlannedSampleSizes;
            var isExact = RareConversions.Expects(design, design.Metrics.Primary, sizes, 0, 1);
            // Once a plan expects 100 conversions an arm the normal mixture decides: then it all but surely has them at the planned size.
            Assert.True(isExact ? sizes[0] < 10_000 : sizes[0] >= 12_900, $"{sizes[0]} at {mde}");
            Assert.True(sizes[0] >= previous);
            previous = sizes[0];
        }
    }

    [Theory]
    [InlineData(28, "obrien_fleming", 1.049)]
    [InlineData(28, "kim_demets", 1.056)]
    [InlineData(28, "pocock", 1.27)]
    public void Looks_cost_the_inflation_of_their_bounds(int looks, string spending, double inflation)
    {
        var design = Binary with { Constraints = new Constraints(AnalysisMethod.GroupSequential, looks, spending, "holm") };
        var plan = Pricing.Price(design);

        Assert.Equal(inflation, (double)plan.PlannedSampleSizes[0] / Pricing.Price(Fixed(Binary)).PlannedSampleSizes[0], inflation > 1.1 ? 0.005 : 0.0005);
        Assert.Equal(looks, plan.Boundaries.Length);
        Assert.Equal((1, looks), (plan.Boundaries[^1].InformationFraction, plan.Boundaries[^1].Look));
        Assert.Equal(0.05, plan.Boundaries[^1].AlphaSpent, 1e-12);
    }

    [Fact]
    public void Bounds_are_split_over_arms_and_primaries()
    {
        var design = With(Split(Binary with { Constraints = new Constraints(AnalysisMethod.GroupSequential, 5, "obrien_fleming", "holm") }, [1, 1, 1]), metrics => metrics with
        {
            MorePrimaries = [metrics.Primary with { Name = "other" }],
        });

        Assert.Equal(GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.2, 0.4, 0.6, 0.8, 1], 0.0125).Z, Pricing.Price(design).Boundaries.Select(boundary => boundary.BoundaryZ));
    }

    [Fact]
    public void More_power_a_smaller_effect_or_a_stricter_level_costs_more() => Sizeable.Sample(design =>
    {
        var total = Total(design);

        Assert.True(Total(With(design, metrics => metrics with { Power = metrics.Power + 0.04 })) > total);
        Assert.True(Total(With(design, metrics => metrics with { MdePct = metrics.MdePct * 0.9 })) > total);
        Assert.True(Total(With(design, metrics => metrics with { Alpha = metrics.Alpha * 0.9 })) > total);
    });

    [Theory]
    [InlineData(AnalysisMethod.FixedHorizon)]
    [InlineData(AnalysisMethod.AlwaysValid)]
    [InlineData(AnalysisMethod.Bayesian)]
    public void An_uneven_split_needs_more_units_in_all_and_shares_them_by_weight(AnalysisMethod method)
    {
        foreach (var design in (Design[])[Binary, Mean])
        {
            var even = Method(design, method);
            var uneven = Pricing.Price(Split(even, [80, 20]));

            Assert.True(uneven.PlannedSampleSizes.Sum() > Total(even) * 1.3);
            Assert.Equal(4, (double)uneven.PlannedSampleSizes[0] / uneven.PlannedSampleSizes[1], 0.01);
            Assert.Equal(Pricing.Price(even).PlannedSampleSizePerVariant, uneven.PlannedSampleSizePerVariant);
        }
    }

    [Fact]
    public void The_worst_off_treatment_sets_the_size()
    {
        var plan = Pricing.Price(Fixed(Split(Mean, [50, 40, 10])));
        var pair = Power.TwoMeansControlSize(30, 1, 0.2, 0.025, 0.8).Value;

        Assert.Equal((long)Math.Ceiling(pair), plan.PlannedSampleSizes[0]);
    }

    [Theory]
    [InlineData(AnalysisMethod.FixedHorizon, true)]
    [InlineData(AnalysisMethod.AlwaysValid, true)]
    [InlineData(AnalysisMethod.Bayesian, false)]
    public void Each_further_hypothesis_costs_units_where_it_is_corrected_for(AnalysisMethod method, bool corrected)
    {
        var one = Method(Binary, method);
        var two = With(one, metrics => metrics with { MorePrimaries = [metrics.Primary with { Name = "other" }] });
        var threeArms = Split(one, [1, 1, 1]);

        Assert.Equal(corrected, Pricing.Price(two).PlannedSampleSizes[0] > Pricing.Price(one).PlannedSampleSizes[0]);
        Assert.Equal(Pricing.Price(two).PlannedSampleSizes[0], Pricing.Price(threeArms).PlannedSampleSizes[0]);
        Assert.Equal(Pricing.Price(one).PlannedSampleSizePerVariant, Pricing.Price(two).PlannedSampleSizePerVariant);
    }

    [Fact]
    public void An_arm_without_weight_gets_no_units_and_costs_none()
    {
        var two = Pricing.Price(Binary).PlannedSampleSizes;

        Assert.Equal([two[0], 0, two[1]], Pricing.Price(Split(Binary, [1, 0, 1])).PlannedSampleSizes);
        Assert.Equal([0, two[0], two[1]], Pricing.Price(Split(Binary, [0, 1, 1])).PlannedSampleSizes);
    }

    [Fact]
    public void Days_count_only_units_that_take_part()
    {
        var design = Binary with { Setup = Binary.Setup with { ExpectedDailyTraffic = 1000, TrafficAllocation = 0.5, HoldoutFraction = 0.2 } };
        var plan = Pricing.Price(design);

        Assert.Equal((int)Math.Ceiling(plan.PlannedSampleSizes.Sum() / 400.0), plan.DurationDays);
        Assert.Null(Pricing.Price(Binary).DurationDays);
        Assert.Null(Pricing.Price(Binary with { Setup = Binary.Setup with { ExpectedDailyTraffic = 1e-300 } }).DurationDays);
    }

    [Fact]
    public void A_design_without_a_baseline_or_beyond_all_units_has_no_price()
    {
        foreach (var design in (Design[])
            [
                With(Binary, metrics => metrics with { Primary = metrics.Primary with { BaselineValue = null } }),
                With(Mean, metrics => metrics with { Primary = metrics.Primary with { StdDev = null } }),
                With(Binary, metrics => metrics with { MdePct = 1e-12 }),
                With(Mean, metrics => metrics with { MdePct = 1e-200 }),
                With(Mean, metrics => metrics with { Primary = metrics.Primary with { StdDev = 1e-151 } }),
                With(Mean, metrics => metrics with { Primary = metrics.Primary with { BaselineValue = 1e-151 } }),
            ])
        {
            var plan = Pricing.Price(design);

            Assert.Null(plan.PlannedSampleSizePerVariant);
            Assert.Empty(plan.PlannedSampleSizes);
            Assert.Null(plan.DurationDays);
        }
    }

    [Theory]
    [InlineData(1, 1e-160)]
    [InlineData(1e-307, 1e307)]
    public void An_arm_with_a_share_of_almost_nothing_has_no_size(double control, double treatment)
    {
        foreach (var design in (Design[])[Binary, Mean]) Assert.Empty(Pricing.Price(Split(design, [control, treatment])).PlannedSampleSizes);
    }

    /// <summary>Two-arm binary designs in both directions; of such power that the far tail, which sizes leave out, is below 1e-4.</summary>
    private static Gen<Design> Sizeable { get; } =
        from baseline in Gen.Double[0.02, 0.6]
        from mde in Gen.Double[2, 20]
        from direction in Gen.Enum<Direction>()
        from alpha in Gen.Double[0.001, 0.1]
        from power in Gen.Double[0.7, 0.95]
        select With(Binary, metrics => metrics with
        {
            Primary = metrics.Primary with { BaselineValue = baseline, Direction = direction },
            MdePct = mde,
            Alpha = alpha,
            Power = power,
        });

    private static long Total(Design design) => Pricing.Price(design).PlannedSampleSizes.Sum();

    private static Design Method(Design design, AnalysisMethod method) => design with { Constraints = design.Constraints with { Analysis = method } };

    private static Design Fixed(Design design) => Method(design, AnalysisMethod.FixedHorizon);

    private static Design With(Design design, Func<MetricSet, MetricSet> change) => design with { Metrics = change(design.Metrics) };

    private static Design Split(Design design, ImmutableArray<double> weights) => design with
    {
        Setup = design.Setup with { TrafficSplit = weights, Variations = [.. weights.Select((_, arm) => design.Setup.Variations[0] with { Key = $"{arm}" })] },
    };
}
