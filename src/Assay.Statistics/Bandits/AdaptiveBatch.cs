namespace Assay.Statistics;

/// <summary>One batch: the probability of the treatment arm and what was seen in each arm.</summary>
/// <param name="Share">e, the probability of the treatment arm during the batch, in (0, 1).</param>
/// <param name="Control">Moments of the control's units, at least two with some variance.</param>
/// <param name="Treatment">Moments of the treatment's.</param>
public readonly record struct AdaptiveBatch(double Share, Moments Control, Moments Treatment)
{
    internal double Difference => Treatment.Mean - Control.Mean;

    internal double Variance => (Control.Variance / Control.Count) + (Treatment.Variance / Treatment.Count);

    internal double Count => Control.Count + (double)Treatment.Count;
}
