using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Control sizes for a difference of means by the power of Student's t, for small samples: roots of the noncentral t's power (Johnson, Kotz &amp; Balakrishnan 1995, ch. 31).</summary>
public static class StudentSizes
{
    private const double Largest = 1e13;

    /// <summary>Equal arms and deviations: real n with df = 2n − 2 and noncentrality |d| ÷ (σ√(2/n)).</summary>
    /// <param name="deviation">σ &gt; 0 of a unit.</param>
    /// <param name="difference">d, in the same unit.</param>
    /// <param name="alpha">Level.</param>
    /// <param name="power">Wanted power.</param>
    /// <param name="sides">1 or 2.</param>
    /// <param name="bothTails">Whether the far tail of a two-sided test counts towards power.</param>
    public static Outcome<double> Equal(double deviation, double difference, double alpha, double power, int sides = 2, bool bothTails = true)
    {
        Check.Scale(deviation);
        Check.Sides(sides);
        Check.Level(alpha);
        return Solve(Shortfall, Power.TwoMeansControlSize(deviation, difference, 1, alpha * 2 / sides, power), 1.01);

        double Shortfall(double n) => Of(Math.Abs(difference) / (deviation * Math.Sqrt(2 / n)), (2 * n) - 2, alpha, sides, bothTails) - power;
    }

    /// <summary>Unequal deviations at n_t = r·n_c with Welch's degrees of freedom, both tails.</summary>
    /// <param name="control">σ_c &gt; 0 of a unit.</param>
    /// <param name="treatment">σ_t &gt; 0.</param>
    /// <param name="difference">d, in the same unit.</param>
    /// <param name="ratio">r = n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Level.</param>
    /// <param name="power">Wanted power.</param>
    /// <param name="sides">1 or 2.</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for a difference of 0.</returns>
    public static Outcome<double> Welch(double control, double treatment, double difference, double ratio, double alpha, double power, int sides = 2)
    {
        Check.Scale(control);
        Check.Scale(treatment);
        if (!(ratio is >= 1e-6 and <= 1e6)) throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "Must be within 1e±6.");
        Check.Sides(sides);
        Check.Level(alpha);
        return Solve(Shortfall, Power.TwoMeansControlSize(control, treatment, difference, ratio, alpha * 2 / sides, power), 1 + Math.Max(0.01, (1 / ratio) - 1 + 0.01));

        double Shortfall(double n)
        {
            var effect = Effect.Difference(new Estimate(0, control * control / n, n - 1), new Estimate(difference, treatment * treatment / (ratio * n), (ratio * n) - 1));
            // Next to a single unit there are no degrees of freedom to speak of, and no power.
            effect = effect with { DegreesOfFreedom = Math.Max(Check.LeastDegreesOfFreedom, effect.DegreesOfFreedom) };
            return Of(Math.Abs(difference) / effect.StandardError, effect.DegreesOfFreedom, alpha, sides, bothTails: true) - power;
        }
    }

    private static double Of(double noncentrality, double degreesOfFreedom, double alpha, int sides, bool bothTails)
    {
        var critical = StudentT.InverseSurvival(alpha / sides, degreesOfFreedom);
        var near = NoncentralT.Survival(critical, degreesOfFreedom, noncentrality);
        return sides == 2 && bothTails ? near + NoncentralT.Cdf(-critical, degreesOfFreedom, noncentrality) : near;
    }

    private static Outcome<double> Solve(Func<double, double> shortfall, Outcome<double> normal, double smallest)
    {
        if (!normal.TryGet(out var guess)) return normal.Reason;
        // With so many degrees of freedom Student's size is the normal one.
        if (guess > Largest) return guess;
        var low = smallest;
        var high = Math.Max(guess, 2 * smallest) + 2;
        if (shortfall(low) >= 0) return low;
        while (shortfall(high) < 0) (low, high) = (high, 2 * high);
        return Roots.Bracketed(shortfall, low, high, 1e-9);
    }
}
