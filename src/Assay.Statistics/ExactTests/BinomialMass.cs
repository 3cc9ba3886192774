using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The binomial probability of k successes of n, in logarithms and for real k, from its deviance (Loader 2000): no cancellation between log-gammas of large counts.</summary>
internal static class BinomialMass
{
    /// <summary>ln[C(n, k) pᵏ qⁿ⁻ᵏ] with p and q = 1 − p both given.</summary>
    public static double Log(double k, double n, double p, double q)
    {
        if (k == 0) return n * (q < 0.5 ? Math.Log(q) : Elementary.LogOnePlus(-p));
        if (k == n) return n * (p < 0.5 ? Math.Log(p) : Elementary.LogOnePlus(-q));
        return IncompleteBeta.LogKernel(k, n - k, p, q) + Math.Log(n / k / (n - k));
    }
}
