using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Health;

/// <summary>Exposed units against the split by day and by declared segment.</summary>
/// <param name="Days">Days with units.</param>
/// <param name="Values">Values of segments with units.</param>
/// <param name="Listed">Those to watch and problems, the farthest from the split first.</param>
/// <remarks>
/// Each part has the sequential test's e-value (Lindon &amp; Malek 2022), and a weight fixed before its first unit: ½ ÷ (d(d + 1)) for day d of the experiment, ½ ÷ m for each of m declared values, and twice
/// that where there is only one of the two. The weights sum to 1 at most, however long it runs. e-BH on weighted e-values (Wang &amp; Ramdas 2022) rejects the k farthest when each w·e ≥ 1/(kα), which needs
/// Σ w·e ≥ 1/α. That sum is an e-process under the split, so that by Ville's inequality (1939) a sound experiment ever sees one of its parts rejected with probability α at most.
/// </remarks>
internal sealed record SampleRatioSlices(int Days, int Values, IReadOnlyList<SampleRatioSlice> Listed)
{
    public static SampleRatioSlices Judge(HealthFacts facts)
    {
        var segments = facts.Segments.Attributes;
        var declared = segments.Sum(segment => segment.Values.Count);
        var parts = new List<(DateOnly? Day, string? Attribute, string? Value, long[] Counts, double Weight)>();
        if (!facts.Input.Final) AddDays(facts, declared == 0 ? 1 : 0.5, parts);
        var days = parts.Count;
        foreach (var segment in segments)
        {
            foreach (var value in segment.Values.Where(value => value.Exposed > 0))
                parts.Add((null, segment.Attribute, value.Value, [.. value.Arms.Select(arm => arm.ExposedUsers)], (facts.Input.Final ? 1 : 0.5) / declared));
        }

        var adjusted = EValues.BenjaminiHochberg(
            [.. parts.Select(part => part.Weight * parts.Count * Math.Exp(SampleRatio.SequentialLogEvidence(part.Counts, facts.Weights.AsSpan(), HealthRules.SliceConcentration)))]);
        var listed = parts.Index().Where(part => adjusted[part.Index] <= HealthRules.WatchLevel).OrderBy(part => adjusted[part.Index]).Take(HealthRules.ListedSlices)
            .Select(part => new SampleRatioSlice
            {
                Day = part.Item.Day,
                Attribute = part.Item.Attribute,
                Value = part.Item.Value,
                Counts = part.Item.Counts,
                PValueAdjusted = adjusted[part.Index],
            });
        return new SampleRatioSlices(days, parts.Count - days, [.. listed]);
    }

    private static void AddDays(HealthFacts facts, double share, List<(DateOnly? Day, string? Attribute, string? Value, long[] Counts, double Weight)> parts)
    {
        var days = facts.Units.Days.All;
        if (days.Count == 0) return;
        var first = facts.Input.StartedAt is { } started ? Measurement.Maturity.DayOf(Populations.Microseconds(started)) : days.First().Day;
        foreach (var day in days)
        {
            double number = Math.Max(1, day.Day - first + 1);
            parts.Add((DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day.Day), null, null, day.Units, share / (number * (number + 1))));
        }
    }
}
