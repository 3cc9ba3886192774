using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Successes in the treatment arm given both margins of a table, P(k) ∝ C(n_t, k) C(n_c, K − k) ψᵏ.</summary>
/// <remarks>Sums run outwards by the ratio of neighbours; where the distribution is wide they are integrals with the Euler–Maclaurin terms (DLMF 2.10.1), so that no sum has more than some hundred thousand terms.</remarks>
internal sealed class Hypergeometric(long treatment, long control, long successes)
{
    private const double Wide = 10_000;

    private readonly double _total = (double)treatment + control;

    public long First { get; } = Math.Max(0, successes - control);

    public long Last { get; } = Math.Min(successes, treatment);

    /// <summary>An outcome that none exceeds: P(k + 1) ≤ P(k) from there on.</summary>
    public long Mode => Peak(0);

    private double Deviation => Math.Sqrt(treatment / _total * (control / _total) * (successes / _total) * (_total - successes));

    /// <summary>ln P(k) with ψ = 1: two binomial probabilities over a third, at the rate K/N that makes each of them likely.</summary>
    public double Log(double k)
    {
        if (First == Last) return 0;
        double p = successes / _total, q = (_total - successes) / _total;
        return BinomialMass.Log(k, treatment, p, q) + BinomialMass.Log(successes - k, control, p, q) - BinomialMass.Log(successes, _total, p, q);
    }

    /// <summary>Σ P over k and what lies beyond it, seen from the mode; side is +1 upwards.</summary>
    public double Tail(long k, int side)
    {
        var point = Log(k);
        if (k == (side > 0 ? Last : First)) return Math.Exp(point);
        if (Deviation > Wide && k - 1 > First && k + 1 < Last)
        {
            double slope = side * 0.5 * (Log(k + 1) - Log(k - 1)), bend = Log(k + 1) + Log(k - 1) - (2 * point);
            var integral = LogConcaveTail.Integrate(new Beyond(this, k, side, point), 40 / (Math.Abs(slope) + (1 / Deviation)));
            return Math.Exp(point) * (integral + 0.5 - (slope / 12) + (slope * ((slope * slope) + (3 * bend)) / 720));
        }

        double sum = 1, term = 1;
        for (var at = k; at != (side > 0 ? Last : First) && term > sum * 1e-18; at += side)
        {
            term *= side > 0 ? Ratio(at) : 1 / Ratio(at - 1);
            sum += term;
        }

        return Math.Exp(point) * sum;
    }

    /// <summary>E k − x for ln ψ.</summary>
    public double MeanLess(long x, double logOdds)
    {
        var peak = Peak(logOdds);
        double weights = 0, deviations = 0;
        if (Deviation > Wide)
        {
            var mean = new Mean();
            LogConcaveIntegral.Visit(new Tilted(this, peak, logOdds), 0, 0.1 * Deviation, [], ref mean);
            return peak - x + (mean.Deviations / mean.Weights);
        }

        var odds = Math.Exp(logOdds);
        foreach (var side in (int[])[1, -1])
        {
            double term = 1;
            for (var k = peak; ; k += side)
            {
                if (side > 0 || k != peak) (weights, deviations) = (weights + term, deviations + (term * (k - x)));
                if (k == (side > 0 ? Last : First) || term < 1e-25) break;
                term *= side > 0 ? Ratio(k) * odds : 1 / (Ratio(k - 1) * odds);
            }
        }

        return deviations / weights;
    }

    /// <summary>P(k + 1)/P(k) for ψ = 1.</summary>
    private double Ratio(long k) => (double)(treatment - k) / (k + 1) * ((double)(successes - k) / (control - successes + k + 1));

    private long Peak(double logOdds)
    {
        long low = First, high = Last;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Math.Log(Ratio(middle)) + logOdds > 0) low = middle + 1; else high = middle;
        }

        return low;
    }

    private bool Inside(double k) => k >= First && k <= Last;

    private double Within(double k) => Math.Clamp(k, First, Last);

    private readonly struct Beyond(Hypergeometric tables, long k, int side, double point) : ILogDensity
    {
        public double At(double t) => tables.Inside(k + (side * t)) ? tables.Log(k + (side * t)) - point : double.NegativeInfinity;
    }

    /// <summary>ln of the probabilities about their peak at given odds, between whole numbers too.</summary>
    private readonly struct Tilted(Hypergeometric tables, long peak, double logOdds) : IConcave
    {
        private readonly double _top = tables.Log(peak) + (peak * logOdds);

        public double Log(double u) => tables.Inside(peak + u) ? tables.Log(peak + u) + ((peak + u) * logOdds) - _top : double.NegativeInfinity;

        public double Slope(double u) => (tables.Log(tables.Within(peak + u + 0.5)) - tables.Log(tables.Within(peak + u - 0.5))) + logOdds;
    }

    private struct Mean : INodeVisitor
    {
        public double Weights { get; private set; }

        public double Deviations { get; private set; }

        public void Visit(double u, double weight, double log)
        {
            Weights += weight * Math.Exp(log);
            Deviations += weight * Math.Exp(log) * u;
        }
    }
}
