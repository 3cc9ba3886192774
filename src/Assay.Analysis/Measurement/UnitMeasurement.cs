using System.Collections.Immutable;

namespace Assay.Analysis.Measurement;

/// <summary>What one unit contributes to one experiment: taken out before a commit's rows are added and put in again after.</summary>
/// <param name="Arm">Index of the arm, −1 for the holdout, −2 for a unit never exposed, −3 for one that is excluded.</param>
/// <param name="Epoch">Epoch of the first exposure.</param>
/// <param name="IsCrossover">Whether the unit was exposed to more than one arm ≥ 0.</param>
/// <param name="Metrics">One value a plan, in the view's order; empty for units outside the arms.</param>
/// <param name="Covariates">x₁, missing₁, x₂, missing₂, …: x is 0 where missing is 1.</param>
/// <param name="Timing">When the unit's events came, by the longest window that uses the name.</param>
/// <param name="TimingMaturesAt">Maturity bucket of <paramref name="Timing"/>; 0 for units outside the arms.</param>
public sealed record UnitMeasurement(
    int Arm, int Epoch, bool IsCrossover, ImmutableArray<MetricValue> Metrics, ImmutableArray<double> Covariates, EventTiming Timing, long TimingMaturesAt)
{
    /// <summary>The unit's slice by each segment, <c>attribute=value</c> of the exposure that decides the arm; empty for units outside the arms.</summary>
    public ImmutableArray<string> Slices { get; init; } = [];

    /// <summary>The unit's values by age, plan after plan, of the plans that have ages; empty for units outside the arms.</summary>
    public ImmutableArray<double> Ages { get; init; } = [];

    /// <summary>Arm of a unit in the holdout only.</summary>
    public const int Holdout = -1;

    /// <summary>Arm of a unit with events and no exposure.</summary>
    public const int Unexposed = -2;

    /// <summary>Arm of a unit that is excluded and would be in an arm: it counts, and nothing of it does.</summary>
    public const int Excluded = -3;

    /// <summary>What is left of a contribution when its unit is excluded: that it is one, where it was in an arm; otherwise nothing.</summary>
    public static UnitMeasurement? Exclude(UnitMeasurement? unit) =>
        unit is { Arm: >= 0 } ? new UnitMeasurement(Excluded, unit.Epoch, false, [], [], default, 0) : null;

    /// <summary>Equal when every value is: a unit that did not change touches nothing.</summary>
    public bool Equals(UnitMeasurement? other) =>
        other is not null && Arm == other.Arm && Epoch == other.Epoch && IsCrossover == other.IsCrossover && Timing == other.Timing
        && TimingMaturesAt == other.TimingMaturesAt && Metrics.AsSpan().SequenceEqual(other.Metrics.AsSpan())
        && Covariates.AsSpan().SequenceEqual(other.Covariates.AsSpan()) && Slices.AsSpan().SequenceEqual(other.Slices.AsSpan())
        && Ages.AsSpan().SequenceEqual(other.Ages.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Arm, Epoch, IsCrossover, Timing, TimingMaturesAt, Metrics.Length, Covariates.Length);
}

/// <summary>A unit's value of one metric.</summary>
/// <param name="MaturesAt">First exposure + window + 1 h, rounded up to a full hour (UTC midnight for windows over 72 h), microseconds: also the bucket's name.</param>
/// <param name="Value">The correctly rounded value.</param>
/// <param name="Events">Events that count.</param>
/// <param name="LateArrivals">Those of them that arrived after <paramref name="MaturesAt"/>.</param>
public readonly record struct MetricValue(long MaturesAt, double Value, long Events, long LateArrivals);

/// <summary>Events of one unit by when they came: before the first exposure, in the window, after it; for units outside the arms all are in <paramref name="Outside"/>.</summary>
public readonly record struct EventTiming(long Before, long InWindow, long After, long Outside);
