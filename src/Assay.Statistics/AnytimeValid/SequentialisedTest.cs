using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A test that was planned for one look, turned into evidence at any look at no cost: the chance under the null that it will reject, over its level (Koning 2025, arXiv:2501.03982).</summary>
public static class SequentialisedTest
{
    /// <summary>ln e = ln P₀(|Z₁| ≥ z_{α/2} | Z_t = z) − ln α of the two-sided z test; e starts at 1 and ends at 1/α where the test rejects, at 0 (ln e = −∞) where it does not (Koning 2025).</summary>
    /// <param name="z">The statistic at the look, finite.</param>
    /// <param name="fraction">Its information over the planned, in (0, 1]; beyond that the test is over.</param>
    /// <param name="alpha">Two-sided level of the planned test, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">z not finite, a fraction outside (0, 1], or α outside (0, 1).</exception>
    public static double LogEvidence(double z, double fraction, double alpha)
    {
        Check.Finite(z);
        if (!(fraction is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction of the planned information is above 0 and at most 1.");
        Check.Level(alpha);
        var critical = Normal.TwoSidedCritical(alpha);
        if (fraction == 1) return Math.Abs(z) >= critical ? -Math.Log(alpha) : double.NegativeInfinity;
        double sum = Math.Abs(z) * Math.Sqrt(fraction), left = Math.Sqrt(1 - fraction);
        double near = Normal.LogSurvival((critical - sum) / left), far = Normal.LogSurvival((critical + sum) / left);
        return near + Elementary.LogOnePlus(Math.Exp(far - near)) - Math.Log(alpha);
    }
}
