using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Which of several arms is best under independent posteriors, by quadrature: no draws, no seed, and a probability of 1e-100 has its digits too.</summary>
/// <param name="ProbabilityBest">P(arm i is best) = ∫ f_i ∏_{j≠i} F_j: the allocation of Thompson (1933).</param>
/// <param name="ProbabilitySecond">P(arm i is second) = ∫ f_i Σ_{j≠i} (1 − F_j) ∏_{l≠i,j} F_l; 0 for a single arm.</param>
/// <param name="ExpectedLoss">E[best − θ_i] = ∫ F_i (1 − ∏_{j≠i} F_j), in the metric's unit.</param>
/// <param name="ExpectedBest">E[θ of the best arm], the largest unless the smallest is best.</param>
public sealed record BestArm(ImmutableArray<double> ProbabilityBest, ImmutableArray<double> ProbabilitySecond, ImmutableArray<double> ExpectedLoss, double ExpectedBest)
{
    /// <summary>(P(best) + P(second)) ÷ 2: the allocation of top-two sampling with β = ½ (Russo 2020).</summary>
    public ImmutableArray<double> TopTwoWeights => [.. ProbabilityBest.Select((best, i) => 0.5 * (best + ProbabilitySecond[i]))];

    /// <summary>Proportions with Beta(a, b) posteriors.</summary>
    /// <param name="posteriors">One an arm.</param>
    /// <param name="smallestIsBest">For a rate that should fall.</param>
    /// <returns><see cref="Reason.NoUnits"/> without an arm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A shape outside 1e-3…1e15.</exception>
    public static Outcome<BestArm> OfProportions(ReadOnlySpan<(double A, double B)> posteriors, bool smallestIsBest = false)
    {
        List<IPosteriorArm> arms = [];
        List<double> means = [];
        foreach (var (a, b) in posteriors)
        {
            if (!(a is >= 1e-3 and <= 1e15 && b is >= 1e-3 and <= 1e15)) throw new ArgumentOutOfRangeException(nameof(posteriors), (a, b), "A shape lies between 1e-3 and 1e15.");
            // 1 − X of a Beta(a, b) is a Beta(b, a).
            arms.Add(smallestIsBest ? new BetaArm(b, a) : new BetaArm(a, b));
            means.Add(a / (a + b));
        }

        return Of(arms, means, smallestIsBest ? -1 : 1, BetaArm.Uniform);
    }

    /// <summary>Means with normal posteriors: the value and the variance of each estimate.</summary>
    /// <param name="posteriors">One an arm, in one unit.</param>
    /// <param name="smallestIsBest">For a metric that should fall.</param>
    /// <returns><see cref="Reason.NoUnits"/> without an arm, <see cref="Reason.NoVariance"/> when one has no positive variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mean that is not finite.</exception>
    public static Outcome<BestArm> OfMeans(ReadOnlySpan<Estimate> posteriors, bool smallestIsBest = false)
    {
        List<IPosteriorArm> arms = [];
        List<double> means = [];
        var sign = smallestIsBest ? -1 : 1;
        foreach (var posterior in posteriors)
        {
            Check.Finite(posterior.Value, nameof(posteriors));
            if (!(posterior.Variance > 0 && double.IsFinite(posterior.Variance))) return Reason.NoVariance;
            arms.Add(new NormalArm(sign * posterior.Value, posterior.StandardError));
            means.Add(posterior.Value);
        }

        return Of(arms, means, sign, measure: null);
    }

    /// <summary>For arms of which the largest is best, and their means in the metric's own direction.</summary>
    private static Outcome<BestArm> Of(List<IPosteriorArm> arms, List<double> means, int sign, BetaArm? measure)
    {
        if (arms.Count == 0) return Reason.NoUnits;
        var sums = new OrderSums(arms.Count);
        foreach (var (u, weight) in PosteriorGrid.Over(arms, measure)) sums.Add(arms, u, weight, measure is null ? weight : weight * Math.Exp(measure.LogDensity(u)));
        // The leader's mean and its loss, the smallest, add up to the best with the fewest digits lost.
        var leader = 0;
        for (var i = 1; i < means.Count; i++)
        {
            if (sign * means[i] > sign * means[leader]) leader = i;
        }

        // A certain place is a sum of weights, each with its rounding.
        return new BestArm([.. sums.Best.Select(p => Math.Min(1, p))], [.. sums.Second.Select(p => Math.Min(1, p))], [.. sums.Loss], means[leader] + (sign * sums.Loss[leader]));
    }
}
