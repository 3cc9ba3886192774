namespace Assay.Statistics;

/// <summary>Inference for two arms whose allocation changed between batches in answer to the data.</summary>
public static class AdaptiveBatches
{
    /// <summary>Σ Z_j ÷ √J over batches, standard normal under the null whatever the allocation did (BOLS: Zhang, Janson &amp; Murphy 2020).</summary>
    /// <param name="batches">At least one, in order of time; each share was fixed before its batch.</param>
    /// <returns><see cref="Reason.NoUnits"/> or <see cref="Reason.TooFewUnits"/> when an arm of a batch has fewer than two units, <see cref="Reason.NoVariance"/> when a batch does not vary.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No batch, or a share outside (0, 1).</exception>
    public static Outcome<double> BatchedZ(params ReadOnlySpan<AdaptiveBatch> batches)
    {
        if (Refusal(batches) is { } reason) return reason;
        double sum = 0;
        foreach (var batch in batches) sum += batch.Difference / Math.Sqrt(batch.Variance);
        return double.IsFinite(sum) ? sum / Math.Sqrt(batches.Length) : Reason.Overflow;
    }

    /// <summary>Weights N_j√(e_j(1 − e_j)), which stabilise the variance (Hadad et al. 2021): Σ h_j d_j ÷ Σ h_j with variance Σ h_j²V_j ÷ (Σ h_j)².</summary>
    /// <param name="batches">At least one.</param>
    /// <returns>Treatment minus control, normal reference; undetermined as <see cref="BatchedZ"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No batch, or a share outside (0, 1).</exception>
    public static Outcome<Estimate> AdaptivelyWeighted(params ReadOnlySpan<AdaptiveBatch> batches) => Weighted(batches, batch => batch.Count * Math.Sqrt(batch.Share * (1 - batch.Share)));

    private static Outcome<Estimate> Weighted(ReadOnlySpan<AdaptiveBatch> batches, Func<AdaptiveBatch, double> weight)
    {
        if (Refusal(batches) is { } reason) return reason;
        double weights = 0, value = 0, variance = 0;
        foreach (var batch in batches) weights += weight(batch);
        foreach (var batch in batches)
        {
            var share = weight(batch) / weights;
            value += share * batch.Difference;
            variance += share * share * batch.Variance;
        }

        return double.IsFinite(value) && double.IsFinite(variance) ? new Estimate(value, variance, double.PositiveInfinity) : Reason.Overflow;
    }

    private static Reason? Refusal(ReadOnlySpan<AdaptiveBatch> batches)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batches.Length, nameof(batches));
        foreach (var batch in batches)
        {
            Check.Level(batch.Share, nameof(batches));
            Check.Moments(batch.Control, nameof(batches));
            Check.Moments(batch.Treatment, nameof(batches));
            var (control, treatment) = (Mean.Of(batch.Control), Mean.Of(batch.Treatment));
            if (!control.IsDetermined) return control.Reason;
            if (!treatment.IsDetermined) return treatment.Reason;
            if (!(batch.Variance > 0)) return Reason.NoVariance;
        }

        return null;
    }
}
