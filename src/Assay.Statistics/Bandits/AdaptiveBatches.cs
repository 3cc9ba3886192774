namespace Assay.Statistics;

/// <summary>Inference for two arms whose allocation changed between batches in answer to the data.</summary>
public static class AdaptiveBatches
{
    /// <summary>One batch: the probability of the treatment arm and what was seen in each arm.</summary>
    public readonly record struct Batch(double Share, Moments Control, Moments Treatment)
    {
        internal double Difference => Treatment.Mean - Control.Mean;

        internal double Variance => (Control.Variance / Control.Count) + (Treatment.Variance / Treatment.Count);

        internal double Count => Control.Count + (double)Treatment.Count;
    }

    /// <summary>Σ Z_j ÷ √J over batches, standard normal under the null whatever the allocation did (BOLS: Zhang, Janson &amp; Murphy 2020).</summary>
    public static double BatchedZ(params ReadOnlySpan<Batch> batches)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batches.Length, nameof(batches));
        double sum = 0;
        foreach (var batch in batches) sum += batch.Difference / Math.Sqrt(batch.Variance);
        return sum / Math.Sqrt(batches.Length);
    }

    /// <summary>Weights N_j√(e_j(1 − e_j)), which stabilise the variance (Hadad et al. 2021).</summary>
    public static Estimate AdaptivelyWeighted(params ReadOnlySpan<Batch> batches) => Weighted(batches, batch => batch.Count * Math.Sqrt(batch.Share * (1 - batch.Share)));

    /// <summary>Weights by batch size.</summary>
    public static Estimate SizeWeighted(params ReadOnlySpan<Batch> batches) => Weighted(batches, batch => batch.Count);

    /// <summary>Inverse-variance weights: biased when the allocation followed the data.</summary>
    public static Estimate InverseVariance(params ReadOnlySpan<Batch> batches) => Weighted(batches, batch => 1 / batch.Variance);

    private static Estimate Weighted(ReadOnlySpan<Batch> batches, Func<Batch, double> weight)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batches.Length, nameof(batches));
        double weights = 0, value = 0, variance = 0;
        foreach (var batch in batches)
        {
            var w = weight(batch);
            weights += w;
            value += w * batch.Difference;
            variance += w * w * batch.Variance;
        }

        return new Estimate(value / weights, variance / weights / weights, double.PositiveInfinity);
    }
}
