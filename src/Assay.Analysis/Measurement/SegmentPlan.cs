using System.Collections.Immutable;

namespace Assay.Analysis.Measurement;

/// <summary>An attribute of exposures that units are sliced by. A unit is in one slice of each.</summary>
/// <param name="Attribute">Name of the attribute, without '='.</param>
/// <param name="Values">The values that have a slice of their own, none of them <see cref="Other"/> or <see cref="None"/>.</param>
public sealed record SegmentPlan(string Attribute, ImmutableArray<string> Values)
{
    /// <summary>Stands for every value that is not declared.</summary>
    public const string Other = "other";

    /// <summary>Stands for an exposure without the attribute.</summary>
    public const string None = "none";

    /// <summary>Divides attribute and value in a slice's name.</summary>
    public const char Divider = '=';

    /// <summary>A slice as <see cref="AccumulatorKey.Slice"/> names it: no two of an experiment have one name, since no attribute has the divider.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">A declared value, <see cref="Other"/> or <see cref="None"/>.</param>
    public static string Slice(string attribute, string value) => $"{attribute}{Divider}{value}";
}
