namespace Assay.Analysis.Calibration;

/// <summary>Kolmogorov's test of uniformity.</summary>
internal static class Kolmogorov
{
    /// <summary>P(sup |F̂ − F| is at least as large) by the limit law with Stephens' correction (1970): 2Σ(−1)^(j−1) exp(−2j²λ²), λ = D(√n + 0.12 + 0.11/√n).</summary>
    public static double PValue(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        double distance = 0, n = sorted.Length, root = Math.Sqrt(n);
        for (var i = 0; i < sorted.Length; i++) distance = Math.Max(distance, Math.Max(sorted[i] - (i / n), ((i + 1) / n) - sorted[i]));
        var lambda = distance * (root + 0.12 + (0.11 / root));
        if (lambda < 0.3) return 1;
        double sum = 0;
        for (var j = 1; j <= 100; j++) sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * j * j * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
