using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>Reads <c>setup</c>: units, variations and traffic.</summary>
internal static class SetupReader
{
    private const int FewestVariations = 2, MostVariations = 10, NameLength = 100;

    public static Setup Read(Fields fields)
    {
        var variations = Variations(fields);
        var setup = new Setup
        {
            Unit = fields.Text("unit", NameLength) ?? "user",
            Variations = variations,
            TrafficSplit = TrafficSplit(fields, variations.Length),
            TrafficAllocation = fields.Number("traffic_allocation", new NumberRange(0, false, 1, true)) ?? 1,
            HoldoutFraction = fields.Number("holdout_fraction", new NumberRange(0, true, 1, false)) ?? 0,
            ExpectedDailyTraffic = fields.Number("expected_daily_traffic", NumberRange.Positive),
            Segments = SegmentReader.Read(fields),
        };
        fields.RefuseUnsupported("targeting", "layer");
        fields.RefuseUnknown();
        return setup;
    }

    private static ImmutableArray<Variation> Variations(Fields setup)
    {
        if (setup.Objects("variations", required: true) is not { } list) return [];
        if (list.Count is < FewestVariations or > MostVariations)
            setup.Report("variations", DesignErrorCode.OutOfRange, $"{FewestVariations} to {MostVariations} variations are wanted, not {list.Count}.");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return [.. list.Select(fields => ReadVariation(fields, keys))];
    }

    private static Variation ReadVariation(Fields fields, HashSet<string> keys)
    {
        var key = fields.Text("key", NameLength, required: true);
        if (key is not null && !keys.Add(key)) fields.Report("key", DesignErrorCode.Duplicate, $"Another variation has the key '{key}'.");
        // Here null is a value like any other: a flag may serve it.
        var value = fields.Raw("value");
        if (value is { } given && !JsonSoundness.Holds(given))
            fields.Report("value", DesignErrorCode.InvalidValue, "The value holds broken Unicode, a number that is not finite, a name twice, or more than 32 levels.");
        fields.RefuseUnknown();
        return new Variation(key ?? "", value?.Clone() ?? JsonSerializer.SerializeToElement(key));
    }

    private static ImmutableArray<double> TrafficSplit(Fields setup, int variations)
    {
        if (setup.List("traffic_split") is not { } list) return [.. Enumerable.Repeat(1.0, variations)];
        var weights = list.ConvertAll(weight => setup.Number(weight.Element, weight.Pointer, new NumberRange(0, true, double.MaxValue, true)));
        var areSound = setup.AreSound("traffic_split");
        if (variations > 0 && list.Count != variations)
            setup.Report("traffic_split", DesignErrorCode.OutOfRange, $"{variations} weights are wanted, one a variation, not {list.Count}.");
        if (!areSound) return [];
        if (weights.Count >= FewestVariations && weights.Count(weight => weight > 0) < FewestVariations)
            setup.Report("traffic_split", DesignErrorCode.OutOfRange, "At least two weights must be positive.");
        else if (!double.IsFinite(weights.Sum()!.Value))
            setup.Report("traffic_split", DesignErrorCode.OutOfRange, "The sum of the weights must be finite.");
        return [.. weights.Select(weight => weight!.Value)];
    }
}
