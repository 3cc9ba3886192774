using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Which outcomes of a discrete unimodal distribution are no likelier than the observed one.</summary>
internal static class ExactTails
{
    private const double Tie = 1e-7;

    /// <summary>
    /// The nearest outcome on the other side of the mode that is no likelier than x within 1e-7 (R's rule), one before the first or behind the last when there is none;
    /// null when even the mode is no likelier, so that every outcome counts.
    /// </summary>
    public static long? FarSide(long first, long last, long x, long mode, Func<long, double> logMass)
    {
        var cut = logMass(x) + Elementary.LogOnePlus(Tie);
        if (logMass(mode) <= cut) return null;
        var above = x > mode;
        long low = above ? first - 1 : mode, high = above ? mode : last + 1;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (above == logMass(middle) <= cut) low = middle; else high = middle;
        }

        return above ? low : high;
    }
}
