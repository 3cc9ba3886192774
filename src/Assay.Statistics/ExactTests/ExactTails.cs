using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Sums of the probabilities of a discrete unimodal distribution on first…last, from its logarithms.</summary>
internal static class ExactTails
{
    private const double Tie = 1e-7;

    /// <summary>P(X ≤ x), P(X ≥ x), Σ of the outcomes no likelier than x (within 1e-7, R's rule) and P(X = x).</summary>
    public static (double Less, double Greater, double TwoSided, double Point) Of(long first, long last, long x, long mode, Func<long, double> logMass)
    {
        var point = logMass(x);
        var cut = point + Elementary.LogOnePlus(Tie);
        var less = Sum(x, first, -1, logMass);
        var greater = Sum(x, last, 1, logMass);
        double twoSided;
        if (x == mode)
        {
            twoSided = 1;
        }
        else
        {
            // The far side begins where the mass has fallen to the cut again.
            var above = x > mode;
            long low = above ? first - 1 : mode, high = above ? mode : last + 1;
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                var within = logMass(middle) <= cut;
                if (above == within) low = middle; else high = middle;
            }

            var far = above ? (low < first ? 0 : Sum(low, first, -1, logMass)) : (high > last ? 0 : Sum(high, last, 1, logMass));
            twoSided = (above ? greater : less) + far;
        }

        return (Math.Min(1, less), Math.Min(1, greater), Math.Min(1, twoSided), Math.Exp(point));
    }

    /// <summary>Σ of masses from one outcome to another, stopped when what is left cannot matter.</summary>
    private static double Sum(long from, long to, int step, Func<long, double> logMass)
    {
        double sum = 0, largest = double.NegativeInfinity;
        for (var k = from; step > 0 ? k <= to : k >= to; k += step)
        {
            var log = logMass(k);
            sum += Math.Exp(log);
            if (log < largest && log < Math.Log(sum) - 45) break;
            largest = Math.Max(largest, log);
        }

        return sum;
    }
}
