using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Designs;

/// <summary>Reads <c>setup.segments</c>.</summary>
internal static class SegmentReader
{
    private const int MostSegments = 5, MostValues = 20, Length = 100;

    public static ImmutableArray<Segment> Read(Fields setup)
    {
        if (setup.Objects("segments") is not { } list) return [];
        if (list.Count > MostSegments)
            setup.Report("segments", DesignErrorCode.OutOfRange, $"At most {MostSegments} segments are wanted, not {list.Count}.");
        var attributes = new HashSet<string>(StringComparer.Ordinal);
        return [.. list.Select(fields => Read(fields, attributes))];
    }

    private static Segment Read(Fields fields, HashSet<string> attributes)
    {
        var attribute = fields.Text("attribute", Length, required: true);
        if (attribute is not null && attribute.Contains(SegmentPlan.Divider, StringComparison.Ordinal))
            fields.Report("attribute", DesignErrorCode.InvalidValue, $"The name of an attribute cannot hold '{SegmentPlan.Divider}', which divides it from its value.");
        else if (attribute is not null && !attributes.Add(attribute))
            fields.Report("attribute", DesignErrorCode.Duplicate, $"Another segment has the attribute '{attribute}'.");
        var values = Values(fields);
        fields.RefuseUnknown();
        return new Segment(attribute ?? "", values);
    }

    private static ImmutableArray<string> Values(Fields fields)
    {
        if (fields.Texts("values", Length, required: true) is not { } list) return [];
        if (fields.Take("values")?.GetArrayLength() is { } count and (0 or > MostValues))
            fields.Report("values", DesignErrorCode.OutOfRange, $"1 to {MostValues} values are wanted, not {count}.");
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, pointer) in list)
        {
            if (value is SegmentPlan.Other or SegmentPlan.None)
                fields.ReportAt(pointer, DesignErrorCode.InvalidValue, $"'{value}' is what units are called that have {(value == SegmentPlan.None ? "no value" : "an undeclared value")}.");
            else if (!values.Add(value))
                fields.ReportAt(pointer, DesignErrorCode.Duplicate, $"The value '{value}' is declared twice.");
        }

        return [.. list.Select(member => member.Text)];
    }
}
