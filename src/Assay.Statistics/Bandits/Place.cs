namespace Assay.Statistics;

/// <summary>A point close to an anchor, kept apart from it so that a narrow density far from the origin is seen without rounding.</summary>
internal readonly record struct Place(double Anchor, double Offset)
{
    public double Value => Anchor + Offset;

    /// <summary>The distance from an origin to this point.</summary>
    public double From(double origin) => (Anchor - origin) + Offset;

    /// <summary>The distance from another point to this one.</summary>
    public double From(Place other) => (Anchor - other.Anchor) + (Offset - other.Offset);
}
