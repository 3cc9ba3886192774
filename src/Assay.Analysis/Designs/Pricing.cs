using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Designs;

/// <summary>Prices a design: how many units its primary metric needs, and how many days that takes.</summary>
public static class Pricing
{
    /// <summary>Beyond this no size is promised: counts would leave the integers of a double.</summary>
    internal const double MostUnits = 1e15;

    /// <summary>Sizes by the primary metric, days by the expected traffic.</summary>
    /// <remarks>
    /// The size per variant is that of the plain test: equal split, α as declared, one look. The sizes by arm are for what will be done: the least total,
    /// shared out by the split, at which the pair of the control and the worst-off treatment reaches the power at α ÷ (primaries × treatments), Holm's first
    /// and hardest step, and Bonferroni's only one. An always-valid test is sized to reach it in a single look at the planned end, where it is tuned to be sharpest; looking earlier can
    /// only help. A group-sequential test costs the fixed test's size times the inflation of its bounds. A posterior is sized by the plain test, uncorrected, at the declared split.
    /// Where there are guardrails, each test that a ship decision needs has power 1 − β/(G + 1) (Schultzberg, Ankargren &amp; Frånberg 2024), and the plan is as large as the largest of them: a guardrail
    /// is sized when it has a margin and declares what it takes (<see cref="GuardrailPricing"/>).
    /// Arms of weight 0 get no units and make no hypothesis; where that arm is the control, the first arm with weight stands in.
    /// </remarks>
    public static ExperimentPlan Price(Design design)
    {
        var plain = FixedControlSize(design.Metrics, 1, design.Metrics.Alpha);
        var total = TotalUnits(design);
        var bounds = design.Constraints.Analysis == AnalysisMethod.GroupSequential && total <= MostUnits ? Spendings.Planned(design.Constraints, Corrected(design.Metrics, Treatments(design.Setup).Treatments.Length)) : null;
        var sizes = total <= MostUnits ? [.. design.Setup.Shares.Select(share => (long)Math.Ceiling(total * share))] : ImmutableArray<long>.Empty;
        return new ExperimentPlan
        {
            PlannedSampleSizePerVariant = plain <= MostUnits ? (long)Math.Ceiling(plain) : null,
            PlannedSampleSizes = sizes,
            DurationDays = DurationDays(design.Setup, sizes),
            Boundaries = bounds is null ? [] : [.. bounds.Z.Select((z, look) => new PlannedBoundary(look + 1, bounds.Fractions[look], z, bounds.CumulativeAlpha[look]))],
            Ages = AgePlan.Of(design),
        };
    }

    /// <summary>Power of each test that a ship decision needs, 1 − β/(G + 1); that of a posterior, which ships nothing, is the declared one.</summary>
    internal static double TestPower(Design design) =>
        design.Constraints.Analysis == AnalysisMethod.Bayesian ? design.Metrics.Power : 1 - ((1 - design.Metrics.Power) / (design.Metrics.Guardrails.Length + 1));

    /// <summary>Units of all arms together, not rounded, for the primary and for every guardrail that has a price; +∞ without one.</summary>
    internal static double TotalUnits(Design design)
    {
        var units = PrimaryUnits(design);
        if (design.Constraints.Analysis == AnalysisMethod.Bayesian) return units;
        foreach (var guardrail in design.Metrics.Guardrails)
            if (GuardrailPricing.TotalUnits(design, guardrail) is { } needed) units = Math.Max(units, needed);
        return units;
    }

    /// <summary>Units of all arms together that the primary needs, not rounded; +∞ without a price.</summary>
    internal static double PrimaryUnits(Design declared)
    {
        var design = declared with { Metrics = declared.Metrics with { Power = TestPower(declared) } };
        var (shares, (reference, treatments)) = (design.Setup.Shares, Treatments(design.Setup));
        // A weight may be so small beside the others that its share is 0 in a double.
        if (treatments.Length == 0) return double.PositiveInfinity;
        var units = treatments.Max(arm => TotalSize(design, shares[reference], shares[arm], treatments.Length));
        return design.Constraints.Analysis == AnalysisMethod.GroupSequential && double.IsFinite(units) ? units * Inflation(declared) : units;
    }

    /// <summary>The first arm with traffic, and the arms with traffic that are compared with it.</summary>
    internal static (int Reference, int[] Treatments) Treatments(Setup setup)
    {
        int[] active = [.. Enumerable.Range(0, setup.Shares.Length).Where(arm => setup.Shares[arm] > 0)];
        return (active[0], active[1..]);
    }

    /// <summary>Units a day that reach an arm; null when the traffic is unknown.</summary>
    internal static double? DailyUnits(Setup setup) => setup.ExpectedDailyTraffic * setup.TrafficAllocation * (1 - setup.HoldoutFraction);

    /// <summary>α ÷ (primaries × treatments).</summary>
    internal static double Corrected(MetricSet metrics, int treatments) => metrics.Alpha / ((1 + metrics.MorePrimaries.Length) * treatments);

    /// <summary>The effect that the test is sized for, in the desired direction: ±|baseline|·mde.</summary>
    /// <remarks>NaN without a baseline, and then nothing has a price.</remarks>
    internal static double Difference(MetricSet metrics)
    {
        var size = Math.Abs(metrics.Primary.BaselineValue ?? double.NaN) * metrics.MdePct / 100;
        return metrics.Primary.Direction == Direction.Increase ? size : -size;
    }

    private static double TotalSize(Design design, double control, double treatment, int treatments)
    {
        var (metrics, ratio) = (design.Metrics, treatment / control);
        var corrected = Corrected(metrics, treatments);
        return design.Constraints.Analysis switch
        {
            AnalysisMethod.AlwaysValid => AlwaysValidTotal(metrics, control, treatment, corrected),
            AnalysisMethod.Bayesian => FixedControlSize(metrics, ratio, metrics.Alpha) / control,
            _ => FixedControlSize(metrics, ratio, corrected) / control,
        };
    }

    /// <summary>What planned looks cost: the units of the group-sequential test over those of the fixed one, the same for every effect and arm.</summary>
    internal static double Inflation(Design design)
    {
        var alpha = Corrected(design.Metrics, Treatments(design.Setup).Treatments.Length);
        return SequentialDesign.Of(Spendings.Planned(design.Constraints, alpha), alpha, TestPower(design)).Inflation;
    }

    private static double AlwaysValidTotal(MetricSet metrics, double control, double treatment, double alpha)
    {
        var normal = AlwaysValidControlSize(metrics, treatment / control, alpha) / control;
        return metrics.Primary.Type == MetricType.Binary && normal <= MostUnits ? RarePricing.Total(metrics, control, treatment, alpha, normal) : normal;
    }

    private static double FixedControlSize(MetricSet metrics, double ratio, double alpha)
    {
        var (primary, difference) = (metrics.Primary, Difference(metrics));
        if (!IsPriceable(primary, difference, ratio)) return double.PositiveInfinity;
        var size = primary.Type == MetricType.Binary
            ? Power.TwoProportionsControlSize(primary.BaselineValue!.Value, primary.BaselineValue.Value + difference, ratio, alpha, metrics.Power)
            : Power.TwoMeansControlSize(primary.StdDev!.Value, difference, ratio, alpha, metrics.Power);
        return size.TryGet(out var units) ? units : double.PositiveInfinity;
    }

    /// <summary>The control size at which the mixture tuned to it reaches the power in one look.</summary>
    /// <remarks>
    /// With v/n the variance of the effect under the alternative, as the readout will estimate it, and v₀/n the planned one that the mixture is tuned to, the
    /// critical z is Radius(v/n) ÷ √(v/n). It depends on v/v₀ alone and not on n, so n = (z + z_β)²·v ÷ d² solves the equation exactly.
    /// For equal variances and α = .05 that z is 3.04, 1.55 times the fixed one.
    /// </remarks>
    private static double AlwaysValidControlSize(MetricSet metrics, double ratio, double alpha)
    {
        var difference = Difference(metrics);
        if (!IsPriceable(metrics.Primary, difference, ratio)) return double.PositiveInfinity;
        var (planned, actual) = UnitVariances(metrics, ratio);
        var critical = AlwaysValid.Radius(actual, alpha, AlwaysValid.MixtureVariance(planned, alpha)) / Math.Sqrt(actual);
        var z = (critical + Normal.Quantile(metrics.Power)) / difference;
        return z * z * actual;
    }

    // Numbers whose squares and their quotients keep their digits; a size beyond them is none that anybody reaches.
    private static bool IsPriceable(Metric primary, double difference, double ratio) =>
        Math.Abs(difference) is >= 1e-140 and <= 1e140
        && ratio is >= 1e-100 and <= 1e100
        && (primary.Type == MetricType.Binary || primary.StdDev is >= 1e-140 and <= 1e140);

    /// <summary>Variance of the effect times the control size: as planned (one variance in both arms), and under the alternative.</summary>
    internal static (double Planned, double Actual) UnitVariances(MetricSet metrics, double ratio)
    {
        var primary = metrics.Primary;
        if (primary.Type != MetricType.Binary)
        {
            var variance = primary.StdDev!.Value * primary.StdDev.Value * (1 + (1 / ratio));
            return (variance, variance);
        }

        double baseline = primary.BaselineValue!.Value, alternative = baseline + Difference(metrics), control = baseline * (1 - baseline);
        return (control * (1 + (1 / ratio)), control + (alternative * (1 - alternative) / ratio));
    }

    private static int? DurationDays(Setup setup, ImmutableArray<long> sizes)
    {
        if (DailyUnits(setup) is not { } daily || sizes.IsEmpty) return null;
        var days = Math.Ceiling(sizes.Sum() / daily);
        return days <= int.MaxValue ? (int)days : null;
    }
}
