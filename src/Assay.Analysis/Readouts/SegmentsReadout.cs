namespace Assay.Analysis.Readouts;

/// <summary>The primary metric by segment: a description. No slice is tested, since as many looks at slices as there are values would find something in noise.</summary>
public sealed record SegmentsReadout
{
    /// <summary>Never to be acted on.</summary>
    public required Validity Validity { get; init; }

    /// <summary>One entry a declared segment; empty when the design declares none.</summary>
    public required IReadOnlyList<SegmentReadout> Attributes { get; init; }
}

/// <summary>The units of the experiment by one attribute: each is in one of the values.</summary>
public sealed record SegmentReadout
{
    /// <summary>The attribute of exposures.</summary>
    public required string Attribute { get; init; }

    /// <summary>The declared values in the design's order, then <c>other</c> and <c>none</c>.</summary>
    public required IReadOnlyList<SliceReadout> Values { get; init; }
}

/// <summary>The units whose first exposure, the one that decides the arm, had one value of an attribute.</summary>
public sealed record SliceReadout
{
    /// <summary>A declared value; <c>other</c> for any that is not, <c>none</c> for an exposure without the attribute.</summary>
    public required string Value { get; init; }

    /// <summary>Units exposed to an arm.</summary>
    public required long Exposed { get; init; }

    /// <summary>Units whose window has closed, told by the UTC midnight after it: until then fewer than among all units.</summary>
    public required long Completed { get; init; }

    /// <summary>Every arm, all exposed units.</summary>
    public required IReadOnlyList<ArmReadout> Arms { get; init; }

    /// <summary>Every arm, <c>completed</c> units only.</summary>
    public required IReadOnlyList<ArmReadout> CompletedArms { get; init; }
}
