namespace Assay.Assignment;

/// <summary>A half-open part of [0, 1): who is placed in it belongs to it, and neighbouring ranges share no one.</summary>
/// <param name="Start">First place that belongs to the range.</param>
/// <param name="End">First place that no longer does.</param>
public readonly record struct BucketRange(double Start, double End)
{
    /// <summary>Start ≤ place &lt; End.</summary>
    public bool Contains(double place) => place >= Start && place < End;
}
