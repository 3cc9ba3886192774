using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A confidence sequence for one proportion that needs no normal approximation: the beta–binomial mixture (Robbins 1970; Howard et al. 2021).</summary>
public static class BernoulliSequence
{
    /// <summary>ln M(p) = ln B(a + x, b + n − x) − ln B(a, b) − x ln p − (n − x) ln(1 − p), the prior's density over the posterior's, each without cancellation.</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n.</param>
    /// <param name="p">The proportion under test, in [0, 1].</param>
    /// <param name="a">&gt; 0, of the Beta mixture, within 1e±150.</param>
    /// <param name="b">&gt; 0, likewise.</param>
    /// <returns>+∞ at p = 0 after a success and at p = 1 after a failure.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double LogEvidence(long successes, long count, double p, double a, double b)
    {
        Check.Counts(successes, count);
        Check.Probability(p);
        Check.Scale(a);
        Check.Scale(b);
        if (p is 0 or 1) return (p == 0 ? successes : count - successes) > 0 ? double.PositiveInfinity : LogGamma.Beta(a + successes, b + (count - successes)) - LogGamma.Beta(a, b);
        return Log(successes, count - successes, p, 1 - p, a, b);
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
        Check.Counts(successes, count);
        Check.Level(alpha);
        Check.Scale(a);
        Check.Scale(b);
        return Solve(successes, count, alpha, (p, q) => Log(successes, count - successes, p, q, a, b));
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
        Check.Counts(successes, count);
        Check.Level(alpha);
        Check.Scale(optimalCount);
        Check.Level(optimalAlpha);
        return Solve(successes, count, alpha, (p, q) => TunedLog(successes, count - successes, p, q, optimalCount, optimalAlpha));
    }

    /// <summary>ln M(p) of that mixture, which <see cref="TunedInterval"/> inverts (Howard et al. 2021).</summary>
    /// <param name="successes">x, between 0 and n.</param>
    /// <param name="count">n.</param>
    /// <param name="p">The proportion under test, in (0, 1).</param>
    /// <param name="optimalCount">Units at which the interval is narrowest, &gt; 0.</param>
    /// <param name="optimalAlpha">The level it is narrowest for, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double TunedLogEvidence(long successes, long count, double p, double optimalCount, double optimalAlpha)
    {
        Check.Counts(successes, count);
        Check.Level(p);
        Check.Scale(optimalCount);
        Check.Level(optimalAlpha);
        return TunedLog(successes, count - successes, p, 1 - p, optimalCount, optimalAlpha);
    }

    private static double TunedLog(double successes, double failures, double p, double q, double optimalCount, double optimalAlpha)
    {
        // r over pq, which is left out so that neither end underflows.
        var r = Math.Max(NormalMixture.ApproximateTuning(optimalCount, optimalAlpha) - 1, 1e-3);
        return Log(successes, failures, p, q, r * p, r * q);
    }

    private static double Log(double successes, double failures, double p, double q, double a, double b) =>
        IncompleteBeta.LogKernel(a, b, p, q) - IncompleteBeta.LogKernel(a + successes, b + failures, p, q);

    /// <summary>The ends on the logit scale, where both keep their digits.</summary>
    private static Interval Solve(long successes, long count, double alpha, Func<double, double, double> evidence)
    {
        const double reach = 690;
        var target = -Math.Log(alpha);
        // The observed share is always in the set, but for rounding at levels next to 1.
        var centre = successes == 0 ? -reach : successes == count ? reach : Math.Log(successes / (double)(count - successes));
        var isPoint = count > 0 && Excess(centre) >= 0;
        var lower = successes == 0 || Excess(-reach) <= 0 ? 0 : isPoint ? Beta.Logistic(centre) : Beta.Logistic(Roots.Bracketed(Excess, -reach, centre));
        var upper = successes == count || Excess(reach) <= 0 ? 1 : isPoint ? Beta.Logistic(centre) : Beta.Logistic(Roots.Bracketed(Excess, centre, reach));
        return new Interval(lower, upper);

        double Excess(double logit) => evidence(Beta.Logistic(logit), Beta.Logistic(-logit)) - target;
    }
}
