using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay.Analysis.Measurement;

/// <summary>Tells a unit's slices by the attributes of the exposure that decides.</summary>
internal sealed class UnitSlices
{
    private readonly Segment[] _segments;
    private readonly ImmutableArray<string> _none;

    public UnitSlices(ImmutableArray<SegmentPlan> plans)
    {
        _segments = [.. plans.Select(plan => new Segment(plan))];
        _none = [.. _segments.Select(segment => segment.None)];
    }

    /// <summary>One slice a segment, in their order.</summary>
    /// <param name="attributes">Canonical JSON object, or null; not looked at without segments.</param>
    public ImmutableArray<string> Of(string? attributes)
    {
        if (_segments.Length == 0 || attributes is null) return _none;
        using var document = JsonDocument.Parse(attributes);
        var slices = new string[_segments.Length];
        for (var i = 0; i < slices.Length; i++) slices[i] = _segments[i].Of(document.RootElement);
        return ImmutableCollectionsMarshal.AsImmutableArray(slices);
    }

    private sealed class Segment
    {
        private readonly string _attribute;
        private readonly string _other;
        private readonly Dictionary<string, string> _declared;

        public Segment(SegmentPlan plan)
        {
            _attribute = plan.Attribute;
            _other = SegmentPlan.Slice(plan.Attribute, SegmentPlan.Other);
            None = SegmentPlan.Slice(plan.Attribute, SegmentPlan.None);
            _declared = plan.Values.ToDictionary(value => value, value => SegmentPlan.Slice(plan.Attribute, value), StringComparer.Ordinal);
        }

        public string None { get; }

        public string Of(JsonElement attributes) =>
            !attributes.TryGetProperty(_attribute, out var value) || value.ValueKind == JsonValueKind.Null ? None
            : Text(value) is { } text && _declared.TryGetValue(text, out var slice) ? slice
            : _other;

        /// <summary>Numbers and truth values by their canonical text, so that 1.50 and "1.5" are one value.</summary>
        private static string? Text(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
    }
}
