namespace Assay.Analysis.Designs;

/// <summary>The pricing of a design turned round: from units to the smallest effect that they find.</summary>
internal static class DetectableEffect
{
    /// <summary>Close enough to the edge of what the metric can be, where a share of exactly 0 or 1 has no variance.</summary>
    private const double Edge = 1 - 1e-9;

    /// <summary>A comparison needs as many units in an arm to have a variance.</summary>
    private const double FewestUnitsAnArm = 2;

    /// <summary>Far beyond what any reader would call an effect.</summary>
    private const double LargestPct = 1e9;

    /// <summary>The least <c>mde_pct</c> at which the design needs no more than so many units in all; null when no effect the metric can have is found by so few.</summary>
    /// <remarks>Units fall as the effect grows, so that one crossing is bracketed from the declared effect outwards and halved to the last digits.</remarks>
    public static double? Percent(Design design, double units)
    {
        if (units * design.Setup.Shares.Where(share => share > 0).Min() < FewestUnitsAnArm) return null;
        if (design.Constraints.Analysis == AnalysisMethod.GroupSequential)
        {
            // Looks cost the same factor whatever the effect, and finding it is the dear part.
            var plain = design with { Constraints = design.Constraints with { Analysis = AnalysisMethod.FixedHorizon } };
            return Percent(plain, units / Pricing.Inflation(design));
        }

        double low = design.Metrics.MdePct, high = low;
        var largest = LargestPctOf(design.Metrics);
        while (Needed(high) > units)
        {
            if (high >= largest) return null;
            (low, high) = (high, Math.Min(2 * high, largest));
        }

        while (Needed(low) <= units) low /= 2;
        while (high - low > 1e-14 * high)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) break;
            if (Needed(middle) <= units) high = middle;
            else low = middle;
        }

        return high;

        double Needed(double percent) => Pricing.PrimaryUnits(design with { Metrics = design.Metrics with { MdePct = percent } });
    }

    private static double LargestPctOf(MetricSet metrics) => (metrics.Primary.Type, metrics.Primary.Direction, metrics.Primary.BaselineValue) switch
    {
        (MetricType.Binary, Direction.Increase, { } baseline) => Math.Max(metrics.MdePct, Edge * 100 * (1 - baseline) / baseline),
        (MetricType.Binary, Direction.Decrease, _) => Math.Max(metrics.MdePct, Edge * 100),
        (MetricType.Count, Direction.Decrease, _) => 100,
        _ => Math.Max(metrics.MdePct, LargestPct),
    };
}
