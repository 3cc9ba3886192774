using System.Runtime.CompilerServices;

namespace Assay.Statistics;

/// <summary>A confidence sequence for the difference and the ratio of two proportions that needs no normal approximation: exact from the first unit, at every look, at any counts.</summary>
/// <remarks>
/// For each pair (θ_c, θ_t) two products of beta–binomial martingales are averaged: control expected a little below θ_c with treatment a little above θ_t, and the reverse. Each prior goes along with
/// the pair under test, so that a wrong guess of the baseline costs next to nothing. E(δ), the least value over θ_t − θ_c = δ, is an e-process of that difference (Ramdas, Ruf, Larsson &amp; Koolen 2022;
/// with one fixed prior it is universal inference, Wasserman, Ramdas &amp; Balakrishnan 2020): p = min(1, 1/E(0)), the interval is {δ : E(δ) &lt; 1/α}, and so for the ratio. The logarithm is convex in
/// (θ_c, θ_t); hence both sets are intervals, they hold the observed value, and they exclude no effect exactly when p ≤ α. It is a function of the current counts alone.
/// </remarks>
public sealed record TwoProportionSequence
{
    /// <summary>The largest variance n·p(1 − p) of a count that <see cref="Power"/> sums over.</summary>
    public const double LargestVariance = 1e7;

    private readonly OpposedPriors _priors;

    private TwoProportionSequence(OpposedPriors priors) => _priors = priors;

    /// <summary>The sequence that is sharpest at planned sizes; fixed before data are seen.</summary>
    /// <param name="baseline">Expected share under control, in (0, 1). Validity does not depend on it.</param>
    /// <param name="controlSize">Planned units of the control, &gt; 0.</param>
    /// <param name="treatmentSize">Planned units of the treatment, &gt; 0.</param>
    /// <param name="alpha">The level it is to be sharpest at.</param>
    public static TwoProportionSequence Planned(double baseline, double controlSize, double treatmentSize, double alpha)
    {
        Check.Level(baseline);
        Check.Positive(controlSize);
        Check.Positive(treatmentSize);
        Check.Level(alpha);
        return new TwoProportionSequence(OpposedPriors.Planned(baseline, controlSize, treatmentSize, alpha));
    }

    /// <summary>The current p-value and interval of p_t − p_c, valid at every look; <see cref="Inference.Statistic"/> is ln E(0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, more than 2⁵⁰ units, or α outside (0, 1).</exception>
    public Outcome<Inference> Infer(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        Whole(controlCount);
        Whole(treatmentCount);
        var difference = Proportions.Difference(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount);
        if (!difference.TryGet(out var effect)) return difference.Reason;
        var evidence = new TwoProportionEvidence(_priors, controlSuccesses, controlCount, treatmentSuccesses, treatmentCount);
        var null0 = evidence.OfDifference(0);
        return new Inference(effect, evidence.Differences(-Math.Log(alpha)), null0, Math.Min(1, Math.Exp(-null0)));
    }

    /// <summary>The interval of p_t/p_c − 1 from the same joint set: the upper end is +∞ while a control share of 0 is possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, more than 2⁵⁰ units, or α outside (0, 1).</exception>
    public Outcome<Interval> Relative(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha)
    {
        Check.Level(alpha);
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        Whole(controlCount);
        Whole(treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        return new TwoProportionEvidence(_priors, controlSuccesses, controlCount, treatmentSuccesses, treatmentCount).Lifts(-Math.Log(alpha));
    }

    /// <summary>ln E(δ) for −1 ≤ δ ≤ 1: the evidence against p_t − p_c = δ; +∞ where the counts are impossible under it, 0 while an arm has no units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, or δ outside [−1, 1].</exception>
    public double LogEvidence(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double difference = 0)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        Whole(controlCount);
        Whole(treatmentCount);
        if (!(difference is >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(difference), difference, "A difference of shares is between -1 and 1.");
        if (controlCount == 0 || treatmentCount == 0) return 0;
        return new TwoProportionEvidence(_priors, controlSuccesses, controlCount, treatmentSuccesses, treatmentCount).OfDifference(difference);
    }

    /// <summary>The probability that p ≤ α in one look at given sizes, with the sign of the effect: exact, summed over all counts. Earlier looks only add to it.</summary>
    /// <param name="controlRate">True share under control, in (0, 1).</param>
    /// <param name="treatmentRate">True share under treatment, in (0, 1).</param>
    /// <param name="controlSize">Units of the control, &gt; 0, with a variance n·p(1 − p) of the count up to <see cref="LargestVariance"/>.</param>
    /// <param name="treatmentSize">Units of the treatment, likewise.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public double Power(double controlRate, double treatmentRate, long controlSize, long treatmentSize, double alpha)
    {
        Check.Level(controlRate);
        Check.Level(treatmentRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(controlSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treatmentSize);
        Check.Level(alpha);
        Whole(controlSize);
        Whole(treatmentSize);
        Summable(controlSize, controlRate);
        Summable(treatmentSize, treatmentRate);
        return treatmentRate >= controlRate
            ? SequencePower.Above((c, t) => LogEvidence(c, controlSize, t, treatmentSize), -Math.Log(alpha), controlRate, controlSize, treatmentRate, treatmentSize)
            : SequencePower.Above((t, c) => LogEvidence(c, controlSize, t, treatmentSize), -Math.Log(alpha), treatmentRate, treatmentSize, controlRate, controlSize);
    }

    /// <summary>At most 2⁵⁰, where a double still tells a unit more or less.</summary>
    private static void Whole(long count, [CallerArgumentExpression(nameof(count))] string? name = null) => ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1L << 50, name);

    /// <summary>The sum has some seventeen standard deviations of terms.</summary>
    private static void Summable(long size, double rate, [CallerArgumentExpression(nameof(size))] string? name = null)
    {
        if (size * rate * (1 - rate) > LargestVariance) throw new ArgumentOutOfRangeException(name, size, "Too many units for a sum over all counts.");
    }
}
