using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Designs;

/// <summary>How many units a guardrail needs to be shown safe when nothing is lost.</summary>
internal static class GuardrailPricing
{
    /// <summary>What the plan promises for a guardrail.</summary>
    public static GuardrailQuote Quote(Design design, Metric guardrail)
    {
        long? units = TotalUnits(design, guardrail) is { } needed ? (long)Math.Ceiling(needed) : null;
        return new()
        {
            Name = guardrail.Name,
            Units = units,
            Status = (units, guardrail) switch
            {
                (not null, _) => GuardrailPrice.Ok,
                (_, { NonInferiorityMarginPct: not > 0 }) => GuardrailPrice.NoMargin,
                (_, { BaselineValue: not > 0 }) => GuardrailPrice.NoBaseline,
                _ when Variance(guardrail) is null => GuardrailPrice.NoSpread,
                _ => GuardrailPrice.TooMany,
            },
        };
    }

    /// <summary>Units of all arms together, not rounded; null for a guardrail without a margin or without a declared mean and variance, which no size can be promised for, and for one that more units than can be counted would not show.</summary>
    /// <remarks>
    /// The contrast m_t − (1 − s·margin)·m_c lies margin·m from 0 and has variance w/N with w = σ²(1/t + (1 − s·margin)²/c), t and c the shares of treatment and control. The one-sided bound at α, read once at the
    /// planned end where its mixture is tuned, is z standard errors wide whatever N is, so N = (z + z_β)²·w ÷ (margin·m)². Every arm must all but surely have 100 conversions by then.
    /// </remarks>
    public static double? TotalUnits(Design design, Metric guardrail)
    {
        if (guardrail is not { BaselineValue: > 0 and var mean, NonInferiorityMarginPct: > 0 and var percent } || Variance(guardrail) is not { } variance) return null;
        var (shares, (reference, treatments)) = (design.Setup.Shares, Pricing.Treatments(design.Setup));
        var (alpha, margin) = (design.Metrics.Alpha, percent / 100);
        var factor = 1 - (guardrail.Direction == Direction.Increase ? margin : -margin);
        var width = AlwaysValidBound.Radius(1, alpha, AlwaysValid.MixtureVariance(1, 2 * alpha)) + Normal.Quantile(Pricing.TestPower(design));
        double units = 0;
        foreach (var arm in treatments)
        {
            var contrast = variance * ((1 / shares[arm]) + (factor * factor / shares[reference]));
            units = Math.Max(units, width * width * contrast / (margin * mean) / (margin * mean));
            if (guardrail.Type == MetricType.Binary) units = Math.Max(units, RarePricing.Sure / (Math.Min(mean, 1 - mean) * Math.Min(shares[arm], shares[reference])));
        }

        return units > 0 && units <= Pricing.MostUnits ? units : null;
    }

    private static double? Variance(Metric guardrail) => guardrail switch
    {
        { Type: MetricType.Binary, BaselineValue: > 0 and < 1 and var share } => share * (1 - share),
        { Type: MetricType.Count, StdDev: null, BaselineValue: { } mean } => mean,
        { Type: not MetricType.Binary, StdDev: { } deviation } => deviation * deviation,
        _ => null,
    };
}
