using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Probabilities that the first crossing happens at each look, above or below.</summary>
/// <param name="Fractions">Information fractions of the looks.</param>
/// <param name="Upper">P(first crossing at look k, above).</param>
/// <param name="Lower">P(first crossing at look k, below).</param>
/// <remarks>By the recursion of Armitage, McPherson &amp; Rowe (1969) with Gauss–Legendre panels (Jennison &amp; Turnbull 2000, ch. 19), to about 1e-12.</remarks>
public sealed record Crossing(ImmutableArray<double> Fractions, ImmutableArray<double> Upper, ImmutableArray<double> Lower)
{
    /// <summary>Probability of ever crossing above.</summary>
    public double TotalUpper => Math.Min(1, Upper.Sum());

    /// <summary>Probability of ever crossing below.</summary>
    public double TotalLower => Math.Min(1, Lower.Sum());

    /// <summary>Expected information fraction when the test stops; it stops at the last look for sure.</summary>
    public double ExpectedFraction
    {
        get
        {
            double sum = 0, stopped = 0;
            for (var k = 0; k + 1 < Fractions.Length; k++)
            {
                sum += Fractions[k] * (Upper[k] + Lower[k]);
                stopped += Upper[k] + Lower[k];
            }

            return sum + (Fractions[^1] * (1 - stopped));
        }
    }

    /// <summary>Z_k ~ N(drift·√t_k, 1) with Cov(Z_i, Z_j) = √(t_i/t_j), stopped beyond the given bounds; an infinite bound is none, and a look without one is not walked.</summary>
    /// <param name="fractions">t, positive and increasing.</param>
    /// <param name="lower">Lower bound on Z at each look.</param>
    /// <param name="upper">Upper bound on Z at each look.</param>
    /// <param name="drift">Mean of Z at t = 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Looks that are not increasing, looks with a bound closer to each other than a millionth of their information, bounds of another number, out of order or NaN, or a drift beyond 1e150.</exception>
    public static Crossing Of(ReadOnlySpan<double> fractions, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double drift)
    {
        InformationFractions.Check(fractions);
        InformationFractions.Bounds(lower, fractions.Length, nameof(lower));
        InformationFractions.Bounds(upper, fractions.Length, nameof(upper));
        for (var k = 0; k < lower.Length; k++)
        {
            if (lower[k] > upper[k]) throw new ArgumentOutOfRangeException(nameof(lower), lower[k], "A lower bound is not above the upper one.");
        }

        Check.Measured(drift);
        // A look that nothing crosses is not walked: the step over it is exact, and it may be as near to another as it likes.
        var walked = InformationFractions.Walked(fractions, lower, upper);
        var walk = new StoppedWalk(drift);
        var above = new double[fractions.Length];
        var below = new double[fractions.Length];
        for (var i = 0; i < walked.Count; i++)
        {
            var k = walked[i];
            walk.Approach(fractions[k]);
            above[k] = walk.Above(upper[k]);
            below[k] = walk.Below(lower[k]);
            if (i + 1 < walked.Count) walk.Continue(lower[k], upper[k], fractions[walked[i + 1]]);
        }

        return new Crossing([.. fractions], [.. above], [.. below]);
    }
}
