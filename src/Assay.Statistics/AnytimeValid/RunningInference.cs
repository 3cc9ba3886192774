namespace Assay.Statistics;

/// <summary>What the looks so far say together: the smallest p-value and the intersection of the intervals, each as valid as those of a single look (Howard, Ramdas, McAuliffe &amp; Sekhon 2021).</summary>
/// <param name="PValue">The smallest p-value.</param>
/// <param name="Interval">The intersection; its ends are in the wrong order where it is empty.</param>
/// <remarks>It depends on which looks were taken, and thus on how data arrived in batches; the current inference does not.</remarks>
public readonly record struct RunningInference(double PValue, Interval Interval)
{
    /// <summary>Before the first look.</summary>
    public static RunningInference None { get; } = new(1, new Interval(double.NegativeInfinity, double.PositiveInfinity));

    /// <summary>Whether no value is left: the effect moved, or the model is wrong. Under the model this happens with probability at most α.</summary>
    public bool IsEmpty => Interval.Lower > Interval.Upper;

    /// <summary>After one more look at one and the same level: min of the p-values, ∩ of the intervals (Howard et al. 2021).</summary>
    public RunningInference After(Inference look)
    {
        ArgumentNullException.ThrowIfNull(look);
        Check.Probability(look.PValue, nameof(look));
        Check.Number(look.Interval.Lower, nameof(look));
        Check.Number(look.Interval.Upper, nameof(look));
        return new RunningInference(
            Math.Min(PValue, look.PValue), new Interval(Math.Max(Interval.Lower, look.Interval.Lower), Math.Min(Interval.Upper, look.Interval.Upper)));
    }
}
