namespace Assay.Analysis.Readouts;

/// <summary>The units of a metric.</summary>
public sealed record PopulationReadout
{
    /// <summary>Units exposed to an arm.</summary>
    public required long Exposed { get; init; }

    /// <summary>Units whose window has closed.</summary>
    public required long Completed { get; init; }

    /// <summary>When the first exposed unit's window closes, or closed: the full hour, and once that UTC day is over its closing midnight. Null before the first exposure.</summary>
    public required DateTimeOffset? FirstMaturityAt { get; init; }

    /// <summary>Units of each arm that were seen in another arm too; they stay in their first.</summary>
    public required IReadOnlyList<long> Crossovers { get; init; }

    /// <summary>Events of each arm's units that arrived after the unit had matured; they count all the same.</summary>
    public required IReadOnlyList<long> LateArrivals { get; init; }

    /// <summary>Units whose arm a late exposure changed (history of arrival, outside the order-independence promise).</summary>
    public required long Rearmed { get; init; }

    /// <summary>Units in the holdout.</summary>
    public required long HoldoutUsers { get; init; }

    /// <summary>Units excluded from the analysis that would be in an arm; they are in no other number.</summary>
    public required long ExcludedUsers { get; init; }
}

/// <summary>Stored events whose name some metric uses, from the start to the close, each counted once; judged by the longest window that uses the name.</summary>
public sealed record EventTimingReadout
{
    /// <summary>In the window of an exposed unit.</summary>
    public required long InWindow { get; init; }

    /// <summary>Before the unit's first exposure.</summary>
    public required long BeforeExposure { get; init; }

    /// <summary>After the unit's window.</summary>
    public required long AfterWindow { get; init; }

    /// <summary>Of units never exposed.</summary>
    public required long Unexposed { get; init; }

    /// <summary>Of units in the holdout.</summary>
    public required long Holdout { get; init; }

    /// <summary>The three of exposed units, by arm.</summary>
    public required IReadOnlyList<ArmEventTiming> ByArm { get; init; }
}

/// <summary>Event timing of one arm.</summary>
public sealed record ArmEventTiming
{
    /// <summary>Index of the variation.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>In the window.</summary>
    public required long InWindow { get; init; }

    /// <summary>Before the unit's first exposure.</summary>
    public required long BeforeExposure { get; init; }

    /// <summary>After the unit's window.</summary>
    public required long AfterWindow { get; init; }
}
