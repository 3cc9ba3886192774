using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>An effect that is reported only because |z| passed a threshold, corrected for that (Zhong &amp; Prentice 2008).</summary>
/// <param name="MaximumLikelihood">The effect whose conditional mean is the observed estimate.</param>
/// <param name="MedianUnbiased">The effect under which the observed estimate is the conditional median.</param>
/// <param name="Interval">Conditional interval at level 1 − α.</param>
public sealed record SelectedEffect(double MaximumLikelihood, double MedianUnbiased, Interval Interval)
{
    private const double FarthestZ = 1e6;

    /// <summary>For an estimate selected by |z| ≥ c (two sides) or z ≥ c (one side); undetermined when it was not.</summary>
    /// <param name="effect">The estimate, in the metric's unit.</param>
    /// <param name="threshold">c ≥ 0, on the z scale.</param>
    /// <param name="alpha">Two-sided level of the interval, in (0, 1).</param>
    /// <param name="sides">2 when large effects of either sign are reported, 1 when only positive ones are.</param>
    /// <returns><see cref="Reason.NoSolution"/> when |z| is below the threshold, <see cref="Reason.Overflow"/> when |z| or a corrected effect is too large to tell.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1), or a negative threshold.</exception>
    public static Outcome<SelectedEffect> Of(Estimate effect, double threshold, double alpha, int sides = 2)
    {
        Check.Level(alpha);
        Check.NonNegative(threshold);
        Check.Sides(sides);
        Check.Estimate(effect);
        if (Check.Refusal(effect) is { } reason) return reason;
        double z = effect.Value / effect.StandardError, c = threshold;
        // Exactly on the threshold a one-sided selection says nothing: every lower effect fits it better.
        if (sides == 2 ? Math.Abs(z) < c : z <= c) return Reason.NoSolution;
        if (Math.Abs(z) > FarthestZ) return Reason.Overflow;
        var likelihood = Roots.Monotone(theta => Mean(theta) - z, z, -0.5, 1e-12);
        var (median, low, high) = (At(0.5), At(1 - (alpha / 2)), At(alpha / 2));
        // A breath above a one-sided threshold is as good as on it.
        if (!double.IsFinite(likelihood) || !double.IsFinite(median) || !double.IsFinite(low) || !double.IsFinite(high)) return Reason.Overflow;
        return new SelectedEffect(likelihood * effect.StandardError, median, new Interval(low, high));

        double At(double p) => effect.StandardError * Roots.Monotone(theta => Below(theta) - p, z, -0.5, 1e-12);

        // ln P(selected), in logarithms so that a threshold far from θ does not underflow.
        double LogSelected(double theta)
        {
            var upper = Normal.LogSurvival(c - theta);
            if (sides == 1) return upper;
            var lower = Normal.LogSurvival(c + theta);
            return Math.Max(upper, lower) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(upper - lower)));
        }

        double Mean(double theta)
        {
            var log = LogSelected(theta) + Elementary.HalfLnTwoPi;
            var far = sides == 2 ? Math.Exp((-0.5 * (c + theta) * (c + theta)) - log) : 0;
            return theta + Math.Exp((-0.5 * (c - theta) * (c - theta)) - log) - far;
        }

        // P(Z ≤ z | selected), falling in θ.
        double Below(double theta) => z >= c ? -Elementary.ExpMinusOne(Normal.LogSurvival(z - theta) - LogSelected(theta)) : Math.Exp(Normal.LogSurvival(theta - z) - LogSelected(theta));
    }

    /// <summary>τ² of a zero-mean normal prior from past effects by moments: max(0, mean(d² − se²)) (method of moments, by definition).</summary>
    /// <param name="past">All past effects in one unit, not only the winners; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">No past effect.</exception>
    public static double PriorVarianceByMoments(params ReadOnlySpan<Estimate> past)
    {
        ArgumentOutOfRangeException.ThrowIfZero(past.Length, nameof(past));
        double sum = 0;
        Past(past);
        foreach (var effect in past) sum += (effect.Value * effect.Value) - effect.Variance;
        return Math.Max(0, sum / past.Length);
    }

    /// <summary>τ² of a zero-mean normal prior by maximum likelihood of d ~ N(0, τ² + se²) (Efron &amp; Morris 1973): the best of 0 and of the peaks of a likelihood that may have several.</summary>
    /// <param name="past">All past effects in one unit, not only the winners; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">No past effect, one beyond ±1e150, or a variance outside 1e±300.</exception>
    public static double PriorVarianceByLikelihood(params ReadOnlySpan<Estimate> past)
    {
        ArgumentOutOfRangeException.ThrowIfZero(past.Length, nameof(past));
        Past(past);
        var all = past.ToArray();
        double best = 0, bestLog = Log(0), low = 0, high = all.Max(e => e.Value * e.Value);
        // No peak lies above the largest square. Below it each lies between two steps of a grid finer than any pair of errors can make one.
        for (var prior = Math.Max(all.Min(e => e.Variance), high * 1e-12) / 16; low < high; prior *= 1.25)
        {
            var next = Math.Min(prior, high);
            if (Score(low) > 0 && Score(next) <= 0)
            {
                var peak = Roots.Bracketed(Score, low, next);
                if (Log(peak) > bestLog) (best, bestLog) = (peak, Log(peak));
            }

            low = next;
        }

        return best;

        double Score(double prior) => all.Sum(e => ((e.Value * e.Value / (prior + e.Variance)) - 1) / (prior + e.Variance));

        double Log(double prior) => all.Sum(e => -Math.Log(prior + e.Variance) - (e.Value * e.Value / (prior + e.Variance)));
    }

    private static void Past(ReadOnlySpan<Estimate> past)
    {
        foreach (var effect in past)
        {
            Check.Measured(effect.Value, nameof(past));
            Check.Spread(effect.Variance, nameof(past));
        }
    }
}
