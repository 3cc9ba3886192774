using System.Collections.Immutable;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli.Simulation;

/// <summary>Gives simulated units the attributes that a design has segments of. They have nothing to do with what a unit does: no slice has an effect of its own.</summary>
internal static class SimulatedAttributes
{
    private const double Missing = 0.04, Undeclared = 0.1;

    /// <summary>Most units have a declared value, the first one most often; some have another, some none.</summary>
    /// <param name="segments">The design's segments.</param>
    /// <param name="draws">Apart from those of the unit's doings, so that declaring a segment changes nothing else.</param>
    /// <returns>Null without segments.</returns>
    public static Dictionary<string, string>? Draw(ImmutableArray<Segment> segments, Draws draws)
    {
        if (segments.IsEmpty) return null;
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var (kind, place) = (draws.Uniform(), draws.Uniform());
            if (kind >= Missing + Undeclared) attributes[segment.Attribute] = segment.Values[(int)(segment.Values.Length * place * place)];
            else if (kind >= Missing) attributes[segment.Attribute] = "something else";
        }

        return attributes;
    }
}
