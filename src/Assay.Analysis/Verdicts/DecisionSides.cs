using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>Intervals turned so that a gain in the desired direction is positive.</summary>
internal static class DecisionSides
{
    /// <summary>+1 when more is better, −1 when less is.</summary>
    public static int Sign(Direction direction) => direction == Direction.Increase ? 1 : -1;

    /// <summary>A treatment's comparison with the control.</summary>
    public static ComparisonReadout Of(IReadOnlyList<ComparisonReadout> comparisons, int treatment) =>
        comparisons.Single(comparison => comparison.ControlIndex == 0 && comparison.TreatmentIndex == treatment);

    /// <summary>Whether a decision may be acted on.</summary>
    public static bool IsReadable(DecisionReadout decision) => decision is { Status: InferenceStatus.Ok, Validity: not Validity.ReferenceOnly };

    /// <summary>The least relative gain that the corrected interval admits; null where nothing bounds it.</summary>
    public static double? Least(DecisionReadout decision, Direction direction) => direction == Direction.Increase ? decision.CiRelativeLower : -decision.CiRelativeUpper;

    /// <summary>The largest relative gain that the corrected interval admits; null where nothing bounds it.</summary>
    public static double? Largest(DecisionReadout decision, Direction direction) => direction == Direction.Increase ? decision.CiRelativeUpper : -decision.CiRelativeLower;

    /// <summary>What the policy asks of a primary.</summary>
    /// <param name="decision">The decision on it.</param>
    /// <param name="direction">Its desired direction.</param>
    /// <param name="minimumPct">Declared minimum effect, percent; 0 for none.</param>
    /// <param name="worthwhilePct">Effect below which nothing is worth waiting for, percent; null when nobody declared one.</param>
    public static PrimaryFinding Find(DecisionReadout decision, Direction direction, double minimumPct, double? worthwhilePct)
    {
        if (!IsReadable(decision)) return new PrimaryFinding(Standing.Silent, ReachesMinimum: false, IsBelowWorthwhile: false);
        return new PrimaryFinding(
            !decision.IsSignificant ? Standing.Undecided : Sign(direction) * Side(decision) > 0 ? Standing.Better : Standing.Worse,
            minimumPct == 0 || Least(decision, direction) > minimumPct / 100,
            Largest(decision, direction) < worthwhilePct / 100);
    }

    /// <summary>The side of 0 that a significant effect is on.</summary>
    private static int Side(DecisionReadout decision) => decision.CiLower > 0 ? 1 : decision.CiUpper < 0 ? -1 : Math.Sign(decision.Estimate ?? 0);
}
