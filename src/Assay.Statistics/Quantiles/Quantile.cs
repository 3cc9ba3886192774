using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Quantiles of a sample and their standard errors.</summary>
public static class Quantile
{
    private const double WoodruffLevel = 0.05;

    /// <summary>The type 7 quantile (Hyndman &amp; Fan 1996) of values in increasing order: linear between order statistics at (n − 1)q.</summary>
    /// <param name="sorted">At least one value, in increasing order (which is not checked).</param>
    /// <param name="q">Level in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">No value, or a level outside [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double q)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(sorted));
        Check.Probability(q);
        var position = (sorted.Length - 1) * q;
        var index = Math.Min((int)position, sorted.Length - 1);
        var part = position - index;
        return part == 0 || index + 1 == sorted.Length ? sorted[index] : sorted[index] + (part * (sorted[index + 1] - sorted[index]));
    }

    /// <summary>The quantile with Woodruff's variance (1952): ((Q(q + h) − Q(q − h)) ÷ 2z)², h = z√(q(1 − q)/n), z = 1.96.</summary>
    /// <param name="sorted">Values in increasing order (which is not checked), one a unit.</param>
    /// <param name="q">Level in (0, 1).</param>
    /// <returns>In the metric's unit, with a normal reference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A level outside (0, 1).</exception>
    public static Outcome<Estimate> Of(ReadOnlySpan<double> sorted, double q)
    {
        Check.Level(q);
        if (sorted.Length == 0) return Reason.NoUnits;
        var z = Normal.TwoSidedCritical(WoodruffLevel);
        var h = z * Math.Sqrt(q * (1 - q) / sorted.Length);
        var error = (OfSorted(sorted, Math.Min(1, q + h)) - OfSorted(sorted, Math.Max(0, q - h))) / (2 * z);
        return new Estimate(OfSorted(sorted, q), error * error, double.PositiveInfinity);
    }

    /// <summary>The quantile of events whose unit of randomisation has several: Woodruff's variance times the delta variance of the share at or below it over q(1 − q)/n (Deng, Knoblich &amp; Lu 2018, §5).</summary>
    /// <param name="units">The values of each unit, in any order.</param>
    /// <param name="q">Level in (0, 1).</param>
    /// <returns><see cref="Reason.TooFewUnits"/> below two units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A level outside (0, 1).</exception>
    public static Outcome<Estimate> OfClusters(IReadOnlyList<double[]> units, double q)
    {
        ArgumentNullException.ThrowIfNull(units);
        double[] sorted = [.. units.SelectMany(values => values)];
        Array.Sort(sorted);
        if (!Of(sorted, q).TryGet(out var plain)) return Reason.NoUnits;
        if (units.Count < 2) return Reason.TooFewUnits;
        var rows = units.Select(values => new double[] { values.Count(value => value <= plain.Value), values.Length }).ToArray();
        return Ratio.Of(JointMoments.Of(rows)).Select(share => plain with { Variance = plain.Variance * share.Variance / (q * (1 - q) / sorted.Length) });
    }
}
