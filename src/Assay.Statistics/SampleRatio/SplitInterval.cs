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
        Check.Level(plannedShare);
        Check.Level(alpha);
        var evidence = SampleRatio.SequentialLogEvidence([first, second], [plannedShare, 1 - plannedShare], concentration);
        double units = (double)first + second, share = units == 0 ? plannedShare : first / units;
        var budget = Deviance(plannedShare) - evidence - Math.Log(alpha);
        var lower = first == 0 ? 0 : Roots.Bracketed(theta => Deviance(theta) - budget, 1e-300, share);
        var upper = second == 0 ? 1 : Roots.Bracketed(theta => Deviance(theta) - budget, share, 1 - 1e-16);
        return new Interval(lower, upper);

        double Deviance(double theta) => Part(first, share, theta - share) + Part(second, 1 - share, share - theta);

        // With no units of an arm the linear part does not vanish: −n·ln is replaced by N·difference.
        double Part(long count, double observed, double difference) => count == 0 ? units * difference : -count * Elementary.LogOnePlusLess(difference / observed);
    }
}
