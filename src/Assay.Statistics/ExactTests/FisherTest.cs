using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Fisher's exact test of two proportions, conditional on both margins (Fisher 1935).</summary>
/// <param name="PValue">Two-sided: Σ P(k) over tables no likelier than the observed.</param>
/// <param name="Less">P(X ≤ x_t).</param>
/// <param name="Greater">P(X ≥ x_t).</param>
/// <param name="MidPValue">Two-sided less half the probability of the observed table (Lancaster 1961).</param>
/// <param name="OddsRatio">The conditional maximum likelihood estimate; 0 or +∞ at the ends.</param>
public sealed record FisherTest(double PValue, double Less, double Greater, double MidPValue, double OddsRatio)
{
    /// <summary>For the successes of two arms; undetermined when an arm is empty.</summary>
    /// <param name="controlSuccesses">x_c, between 0 and n_c.</param>
    /// <param name="controlCount">n_c.</param>
    /// <param name="treatmentSuccesses">x_t, between 0 and n_t.</param>
    /// <param name="treatmentCount">n_t.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count.</exception>
    public static Outcome<FisherTest> Of(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        var successes = controlSuccesses + treatmentSuccesses;
        long first = Math.Max(0, successes - controlCount), last = Math.Min(successes, treatmentCount);
        var mode = (long)Math.Floor((successes + 1.0) * (treatmentCount + 1.0) / (controlCount + (double)treatmentCount + 2));
        var scale = LogChoose(controlCount + treatmentCount, successes);
        var tails = ExactTails.Of(first, last, treatmentSuccesses, Math.Clamp(mode, first, last), LogMass);
        var odds = treatmentSuccesses == first ? (first == last ? double.NaN : 0) : treatmentSuccesses == last ? double.PositiveInfinity : Conditional();
        return new FisherTest(tails.TwoSided, tails.Less, tails.Greater, tails.TwoSided - (0.5 * tails.Point), odds);

        double LogMass(long k) => LogChoose(treatmentCount, k) + LogChoose(controlCount, successes - k) - scale;

        // The ψ at which the noncentral hypergeometric mean is the observed count.
        double Conditional()
        {
            var sample = (treatmentSuccesses + 0.5) * (controlCount - controlSuccesses + 0.5) / ((controlSuccesses + 0.5) * (treatmentCount - treatmentSuccesses + 0.5));
            return Math.Exp(Roots.Monotone(Excess, Math.Log(sample), 0.1));
        }

        double Excess(double logOdds)
        {
            double sum = 0, weighted = 0, top = LogMass(treatmentSuccesses) + (treatmentSuccesses * logOdds);
            for (var k = first; k <= last; k++)
            {
                var mass = Math.Exp(LogMass(k) + (k * logOdds) - top);
                sum += mass;
                weighted += mass * (k - treatmentSuccesses);
            }

            return weighted / sum;
        }
    }

    /// <summary>ln C(n, k) = −ln(n + 1) − ln B(k + 1, n − k + 1).</summary>
    private static double LogChoose(long n, long k) => k == 0 || k == n ? 0 : -Math.Log(n + 1.0) - LogGamma.Beta(k + 1.0, n - k + 1.0);
}
