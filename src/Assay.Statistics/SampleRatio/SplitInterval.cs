using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The confidence sequence of the first arm's share in a split of two.</summary>
public static class SplitInterval
{
    /// <summary>All shares θ that the sequential test does not reject at level α, its prior held at concentration · planned share.</summary>
    /// <param name="first">Units of the first arm.</param>
    /// <param name="second">Units of the second arm.</param>
    /// <param name="plannedShare">Planned share of the first arm, in (0, 1).</param>
    /// <param name="alpha">Level in (0, 1).</param>
    /// <param name="concentration">Total of the prior, &gt; 0.</param>
    /// <returns>Shares in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share or level outside (0, 1), or a negative count.</exception>
    /// <remarks>Inverts the sequential test (Lindon &amp; Malek 2022): {θ : ln B(α + n) − ln B(α) − n₁ ln θ − n₂ ln(1 − θ) &lt; ln(1/α)}, by the deviance from the observed share.</remarks>
    public static Interval Of(long first, long second, double plannedShare, double alpha, double concentration = 10_000)
    {
        Check.Count(first);
        Check.Count(second);
        if (!(plannedShare is >= 1e-150 and < 1)) throw new ArgumentOutOfRangeException(nameof(plannedShare), plannedShare, "Must lie strictly between 0 and 1, and not below 1e-150.");
        Check.Level(alpha);
        var evidence = SampleRatio.SequentialLogEvidence([first, second], [plannedShare, 1 - plannedShare], concentration);
        double units = (double)first + second, share = units == 0 ? plannedShare : first / units, rest = units == 0 ? 1 - plannedShare : second / units;
        var budget = Deviance(plannedShare, 1 - plannedShare) - evidence - Math.Log(alpha);
        const double reach = 745;
        var centre = Math.Clamp(Math.Log(share) - Math.Log(rest), -reach, reach);
        // On the logit scale, where both ends keep their digits; an end that no double separates from 0 or 1 is 0 or 1.
        // The observed share is always in the set, but for rounding at counts beyond the digits of a double.
        if (units > 0 && Excess(centre) >= 0) return new Interval(Beta.Logistic(centre), Beta.Logistic(centre));
        var lower = first == 0 || Excess(-reach) <= 0 ? 0 : Beta.Logistic(Roots.Bracketed(Excess, -reach, centre));
        var upper = second == 0 || Excess(reach) <= 0 ? 1 : Beta.Logistic(Roots.Bracketed(Excess, centre, reach));
        return new Interval(lower, upper);

        double Excess(double logit) => Deviance(Beta.Logistic(logit), Beta.Logistic(-logit)) - budget;

        double Deviance(double theta, double complement) => Part(first, share, theta) + Part(second, rest, complement);

        // With no units of an arm the linear part does not vanish: −n·ln is replaced by N·difference.
        double Part(long count, double observed, double theta)
        {
            if (count == 0) return units * theta;
            var less = (theta - observed) / observed;
            return -count * (less < -0.5 ? Math.Log(theta / observed) - less : Elementary.LogOnePlusLess(less));
        }
    }
}
