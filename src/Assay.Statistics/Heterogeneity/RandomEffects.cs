using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Several estimates of one kind of effect (segments, past experiments): how much they differ, and each shrunk towards the others.</summary>
/// <param name="Fixed">Inverse-variance mean.</param>
/// <param name="Q">Cochran's Q, χ² with k − 1 degrees of freedom when all are equal.</param>
/// <param name="PValue">Upper tail of Q; undetermined for a single estimate.</param>
/// <param name="InconsistencyShare">I² = max(0, (Q − df)/Q) (Higgins &amp; Thompson 2002).</param>
/// <param name="BetweenVariance">τ² by DerSimonian &amp; Laird (1986).</param>
/// <param name="Random">Mean with weights 1/(se² + τ²).</param>
/// <param name="Shrunk">Each estimate times τ²/(τ² + se²), the rest from the random-effects mean.</param>
public sealed record RandomEffects(Estimate Fixed, double Q, Outcome<double> PValue, double InconsistencyShare, double BetweenVariance, Estimate Random, ImmutableArray<Estimate> Shrunk)
{
    /// <summary>For at least one estimate, each with a positive variance.</summary>
    /// <param name="estimates">Independent estimates in one unit.</param>
    /// <returns><see cref="Reason.NoUnits"/> without estimates, <see cref="Reason.NoVariance"/> when one has none.</returns>
    public static Outcome<RandomEffects> Of(params ReadOnlySpan<Estimate> estimates)
    {
        if (Refusal(estimates) is { } reason) return reason;
        ImmutableArray<Estimate> all = [.. estimates];
        var pooled = Mean(all, 0);
        double q = Disagreement(all, 0, pooled.Value), df = all.Length - 1, weights = all.Sum(e => 1 / e.Variance);
        var scale = all.Sum(e => 1 / e.Variance * (1 - (1 / e.Variance / weights)));
        var between = df == 0 ? 0 : Math.Max(0, (q - df) / scale);
        var random = Mean(all, between);
        if (!double.IsFinite(q) || !double.IsFinite(weights) || !double.IsFinite(between) || !double.IsFinite(pooled.Variance) || !double.IsFinite(random.Variance)) return Reason.Overflow;
        return new RandomEffects(
            pooled,
            q,
            df == 0 ? Reason.TooFewUnits : ChiSquared.Survival(q, df),
            q > 0 ? Math.Max(0, (q - df) / q) : 0,
            between,
            random,
            [.. all.Select(e => Shrink(e, random, between))]);
    }

    /// <summary>τ² by Paule &amp; Mandel (1982): Σ(y − μ)²/(se² + τ²) = k − 1.</summary>
    /// <param name="estimates">Independent estimates, each with a positive variance.</param>
    /// <returns>A variance, 0 when they differ less than chance or for a single estimate; undetermined as <see cref="Of"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not a number, a negative variance, or degrees of freedom that are not positive.</exception>
    public static Outcome<double> PauleMandel(params ReadOnlySpan<Estimate> estimates)
    {
        if (Refusal(estimates) is { } reason) return reason;
        ImmutableArray<Estimate> all = [.. estimates];
        double df = all.Length - 1;
        return df < 1 ? 0 : Largest(all, Excess);

        double Excess(double between) => Disagreement(all, between, Mean(all, between).Value) - df;
    }

    /// <summary>τ² by restricted maximum likelihood, at the root of its score (Viechtbauer 2005).</summary>
    /// <param name="estimates">Independent estimates, each with a positive variance.</param>
    /// <returns>A variance, 0 when the likelihood falls from there or for a single estimate; undetermined as <see cref="Of"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not a number, a negative variance, or degrees of freedom that are not positive.</exception>
    public static Outcome<double> RestrictedLikelihood(params ReadOnlySpan<Estimate> estimates)
    {
        if (Refusal(estimates) is { } reason) return reason;
        ImmutableArray<Estimate> all = [.. estimates];
        return all.Length < 2 ? 0 : Largest(all, Score);

        // 2·dl/dτ² = Σ w²(y − μ)² − Σ w + Σ w²/Σ w.
        double Score(double between)
        {
            var mean = Mean(all, between).Value;
            double squares = 0, first = 0, second = 0;
            foreach (var e in all)
            {
                var w = 1 / (e.Variance + between);
                squares += w * w * (e.Value - mean) * (e.Value - mean);
                first += w;
                second += w * w;
            }

            return squares - first + (second / first);
        }
    }

    private static Reason? Refusal(ReadOnlySpan<Estimate> estimates)
    {
        if (estimates.Length == 0) return Reason.NoUnits;
        foreach (var estimate in estimates)
        {
            Check.Estimate(estimate, nameof(estimates));
            if (Check.Refusal(estimate) is { } reason) return reason;
            if (Math.Abs(estimate.Value) > Check.LargestValue) return Reason.Overflow;
        }

        return null;
    }

    /// <summary>The root of a function that falls from above 0, or 0 when it starts below.</summary>
    private static Outcome<double> Largest(ImmutableArray<Estimate> all, Func<double, double> excess)
    {
        var start = excess(0);
        if (!double.IsFinite(start)) return Reason.Overflow;
        if (start <= 0) return 0;
        var high = all.Max(e => e.Variance);
        while (excess(high) > 0) high *= 2;
        return Roots.Bracketed(excess, 0, high);
    }

    /// <summary>The weighted mean, as the first estimate and a mean of differences from it, so that a common offset costs no digits.</summary>
    private static Estimate Mean(ImmutableArray<Estimate> all, double between)
    {
        var weights = all.Sum(e => 1 / (e.Variance + between));
        return new Estimate(all[0].Value + (all.Sum(e => (e.Value - all[0].Value) / (e.Variance + between)) / weights), 1 / weights, double.PositiveInfinity);
    }

    private static double Disagreement(ImmutableArray<Estimate> all, double between, double mean) => all.Sum(e => (e.Value - mean) * (e.Value - mean) / (e.Variance + between));

    private static Estimate Shrink(Estimate estimate, Estimate mean, double between)
    {
        var keep = between / (between + estimate.Variance);
        return new Estimate((keep * estimate.Value) + ((1 - keep) * mean.Value), (keep * estimate.Variance) + ((1 - keep) * (1 - keep) * mean.Variance), double.PositiveInfinity);
    }
}
