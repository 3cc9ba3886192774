using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Fisher's exact test of two proportions, conditional on both margins (Fisher 1935).</summary>
/// <param name="PValue">Two-sided: Σ P(k) over tables no likelier than the observed.</param>
/// <param name="Less">P(X ≤ x_t).</param>
/// <param name="Greater">P(X ≥ x_t).</param>
/// <param name="MidPValue">Two-sided less half the probability of the observed table (Lancaster 1961).</param>
/// <param name="OddsRatio">The conditional maximum likelihood estimate, 0 or +∞ at the ends; undetermined when the margins allow one table only.</param>
public sealed record FisherTest(double PValue, double Less, double Greater, double MidPValue, Outcome<double> OddsRatio)
{
    /// <summary>For the successes of two arms; undetermined when an arm is empty.</summary>
    /// <param name="controlSuccesses">x_c, between 0 and n_c.</param>
    /// <param name="controlCount">n_c, at most 2⁶⁰.</param>
    /// <param name="treatmentSuccesses">x_t, between 0 and n_t.</param>
    /// <param name="treatmentCount">n_t, at most 2⁶⁰.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, or more than 2⁶⁰ units.</exception>
    public static Outcome<FisherTest> Of(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        var tables = new Hypergeometric(treatmentCount, controlCount, controlSuccesses + treatmentSuccesses);
        long x = treatmentSuccesses, mode = tables.Mode;
        var point = Math.Exp(tables.Log(x));
        double less = x <= mode ? tables.Tail(x, -1) : double.NaN, greater = x >= mode ? tables.Tail(x, 1) : double.NaN;
        // The side of the mode is all but the other side.
        if (x < mode) greater = 1 - (less - point);
        if (x > mode) less = 1 - (greater - point);
        double twoSided = 1;
        if (ExactTails.FarSide(tables.First, tables.Last, x, mode, k => tables.Log(k)) is { } far)
        {
            twoSided = (x > mode ? greater : less) + (far < tables.First || far > tables.Last ? 0 : tables.Tail(far, x > mode ? -1 : 1));
        }

        return new FisherTest(Math.Min(1, twoSided), Math.Min(1, less), Math.Min(1, greater), Math.Min(1, twoSided) - (0.5 * point), Odds());

        // The ψ at which the mean of the noncentral distribution is the observed count.
        Outcome<double> Odds()
        {
            if (tables.First == tables.Last) return Reason.NoVariance;
            if (x == tables.First || x == tables.Last) return x == tables.First ? 0 : double.PositiveInfinity;
            var sample = (x + 0.5) * (controlCount - controlSuccesses + 0.5) / ((controlSuccesses + 0.5) * (treatmentCount - x + 0.5));
            return Math.Exp(Roots.Monotone(logOdds => tables.MeanLess(x, logOdds), Math.Log(sample), 0.1));
        }
    }
}
