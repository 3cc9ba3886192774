using Assay.Statistics;

namespace Assay.Analysis.Designs;

/// <summary>Sizes an always-valid test of a binary metric for the sequence that its conversions will be few or many enough for.</summary>
internal static class RarePricing
{
    /// <summary>Expected conversions with which fewer than 100 come in 1 of 200 times: m − 2.576√m = 100.</summary>
    internal const double Sure = 129.3;

    // Sizes are found to this share of themselves; counts are whole, and the power rises in steps anyway.
    private const double Precision = 1.0 / 4096;

    /// <summary>Total units of the design at which one pair reaches the power.</summary>
    /// <param name="metrics">The metrics; the primary is binary and has a price.</param>
    /// <param name="control">Share of the traffic that the control has.</param>
    /// <param name="treatment">Share that the treatment has.</param>
    /// <param name="alpha">Level of the pair.</param>
    /// <param name="normal">The total by the normal mixture.</param>
    /// <remarks>
    /// The exact sequence's power in one look is a sum over all counts; the least total at which it suffices is taken if an arm then expects fewer than 100 conversions, which is what makes the readout
    /// use that sequence. Otherwise the normal mixture decides, and its total must all but assure the 100 conversions without which it is silent.
    /// </remarks>
    public static double Total(MetricSet metrics, double control, double treatment, double alpha, double normal)
    {
        double baseline = metrics.Primary.BaselineValue!.Value, alternative = baseline + Pricing.Difference(metrics);
        double scarcerControl = RareConversions.Scarcer(metrics, metrics.Primary, isControl: true), scarcerTreatment = RareConversions.Scarcer(metrics, metrics.Primary, isControl: false);
        var perConversion = Math.Max(1 / (scarcerControl * control), 1 / (scarcerTreatment * treatment));
        var enough = Math.Max(normal, Sure * perConversion);
        var highest = (long)Math.Min(Pricing.MostUnits, Math.Floor(AlwaysValid.MinimumEffectiveCount * perConversion));
        while (highest > 0 && !IsRare(highest)) highest--;
        if (highest == 0 || !IsSummable(highest) || Power(highest) < metrics.Power) return enough;

        // The price by the normal mixture is near; what it brackets need not be searched.
        var lowest = Math.Min(highest, Math.Max(1, (long)(normal / 2)));
        if (Power(lowest) >= metrics.Power) (lowest, highest) = (1, lowest);
        while (highest - lowest > Math.Max(1, lowest * Precision))
        {
            var middle = lowest + ((highest - lowest) / 2);
            if (Power(middle) >= metrics.Power) highest = middle;
            else lowest = middle;
        }

        return highest;

        long Size(long total, double share) => (long)Math.Ceiling(total * share);
        bool IsRare(long total) => RareConversions.IsRare(Size(total, control), scarcerControl) || RareConversions.IsRare(Size(total, treatment), scarcerTreatment);

        // A split so lopsided that the other arm's counts are too many to sum is left to the normal mixture.
        bool IsSummable(long total) => Math.Max(Size(total, control) * baseline * (1 - baseline), Size(total, treatment) * alternative * (1 - alternative)) <= TwoProportionSequence.LargestVariance;

        double Power(long total)
        {
            long controlSize = Size(total, control), treatmentSize = Size(total, treatment);
            return TwoProportionSequence.Planned(baseline, controlSize, treatmentSize, alpha).Power(baseline, alternative, controlSize, treatmentSize, alpha);
        }
    }
}
