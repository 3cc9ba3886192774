using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A confidence sequence for one proportion that needs no normal approximation: the beta–binomial mixture (Robbins 1970; Howard et al. 2021).</summary>
public static class BernoulliSequence
{
    /// <summary>ln M(p) = ln B(a + x, b + n − x) − ln B(a, b) − x ln p − (n − x) ln(1 − p).</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n.</param>
    /// <param name="p">The proportion under test, in (0, 1).</param>
    /// <param name="a">&gt; 0, of the Beta mixture.</param>
    /// <param name="b">&gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double LogEvidence(long successes, long count, double p, double a, double b)
    {
        Check.Counts(successes, count);
        Check.Positive(a);
        Check.Positive(b);
        double failures = count - successes;
        return LogGamma.Beta(a + successes, b + failures) - LogGamma.Beta(a, b)
            - (successes == 0 ? 0 : successes * Math.Log(p)) - (failures == 0 ? 0 : failures * Elementary.LogOnePlus(-p));
    }

    /// <summary>{p : M(p) &lt; 1/α} under a fixed Beta(a, b) mixture: covers at every count at once.</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n; 0 gives [0, 1].</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <param name="a">&gt; 0, fixed before the data.</param>
    /// <param name="b">&gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Interval Interval(long successes, long count, double alpha, double a, double b)
    {
        Check.Level(alpha);
        return Solve(successes, count, alpha, p => LogEvidence(successes, count, p, a, b));
    }

    /// <summary>The same with the mixture tuned, at each p, to be narrowest after a given number of units (a = r/(1 − p), b = r/p).</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n; 0 gives [0, 1].</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <param name="optimalCount">Units at which it is narrowest, &gt; 0.</param>
    /// <param name="optimalAlpha">The level it is narrowest for, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Interval TunedInterval(long successes, long count, double alpha, double optimalCount, double optimalAlpha)
    {
        Check.Level(alpha);
        Check.Positive(optimalCount);
        Check.Level(optimalAlpha);
        return Solve(successes, count, alpha, Tuned);

        double Tuned(double p)
        {
            var variance = p * (1 - p);
            var r = Math.Max(NormalMixture.ApproximateTuning(variance * optimalCount, optimalAlpha) - variance, 1e-3 * variance);
            return LogEvidence(successes, count, p, r / (1 - p), r / p);
        }
    }

    private static Interval Solve(long successes, long count, double alpha, Func<double, double> evidence)
    {
        var target = -Math.Log(alpha);
        var share = count == 0 ? 0.5 : Math.Clamp((double)successes / count, 1e-12, 1 - 1e-12);
        const double least = 1e-14;
        var lower = successes == 0 || evidence(least) < target ? 0 : Roots.Bracketed(p => evidence(p) - target, least, share);
        var upper = successes == count || evidence(1 - least) < target ? 1 : Roots.Bracketed(p => evidence(p) - target, share, 1 - least);
        return new Interval(lower, upper);
    }
}
