using System.Diagnostics.CodeAnalysis;

namespace Assay.Assignment;

/// <summary>What a plan gives to a unit.</summary>
/// <param name="VariationIndex">Index of the variation; −1 in the holdout; null for who takes no part.</param>
/// <param name="Reason">Why.</param>
/// <param name="Bucket">Place of the unit on [0, 1) that chose the variation; null in the holdout, where no variation is chosen.</param>
[SuppressMessage("Design", "MA0049", Justification = "An assignment is the one thing this assembly makes, and the vocabulary has one word for it.")]
public readonly record struct Assignment(int? VariationIndex, AssignmentReason Reason, double? Bucket)
{
    /// <summary>The variation index of the holdout.</summary>
    public const int Holdout = -1;

    /// <summary>Whether the unit takes part with a variation of its own.</summary>
    public bool IsInExperiment => Reason == AssignmentReason.Assigned;
}
