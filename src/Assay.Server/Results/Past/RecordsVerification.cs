using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Storage;

namespace Assay.Server.Results.Past;

/// <summary>Whether what was recorded can be derived again.</summary>
/// <param name="Compared">Records compared.</param>
/// <param name="ExceptErased">Units at most that were in one of them and were erased since: what rests on them stays as it was, and cannot be computed again.</param>
/// <param name="Records">In the order they were recorded, then decisions.</param>
internal sealed record RecordsVerification(bool Equal, int Compared, long ExceptErased, ImmutableArray<RecordVerification> Records)
{
    public static RecordsVerification Of(List<RecordVerification> records) =>
        new(records.TrueForAll(record => record.Equal), records.Count, records.Select(record => record.ExceptErased).DefaultIfEmpty().Max(), [.. records]);
}

/// <summary>One record, and what of it comes out otherwise.</summary>
/// <param name="Kind">look, crossing, verdict, iteration or decision.</param>
/// <param name="Name">Which of its kind.</param>
/// <param name="Watermark">The commit that it is of.</param>
/// <param name="AsOf">The time that it is of.</param>
/// <param name="Equal">Whether everything that it says comes out the same.</param>
/// <param name="ExceptErased">Units at most that were in it and were erased since.</param>
/// <param name="DifferencesTotal">How many values come out otherwise.</param>
/// <param name="Differences">At most 20; empty when equal.</param>
internal sealed record RecordVerification(
    string Kind, string Name, int Iteration, long Watermark, DateTimeOffset AsOf, bool Equal, long ExceptErased, int DifferencesTotal, ImmutableArray<RecordDifference> Differences)
{
    private const int MostDifferences = 20;

    public static RecordVerification Of(RecordRow row, long erased, IEnumerable<RecordDifference> differences) =>
        Of(row.Kind, row.Name, row.Iteration, row.Watermark, row.AsOf, erased, [.. differences]);

    public static RecordVerification Of(DecisionRow row, long erased, IEnumerable<RecordDifference> differences) =>
        Of("decision", row.Number.ToString(CultureInfo.InvariantCulture), row.Iteration, row.Watermark, row.AsOf, erased, [.. differences]);

    private static RecordVerification Of(string kind, string name, int iteration, long watermark, long asOf, long erased, List<RecordDifference> differences) =>
        new(kind, name, iteration, watermark, Microseconds.ToTime(asOf), differences.Count == 0, erased, differences.Count, [.. differences.Take(MostDifferences)]);
}

/// <summary>A value that comes out otherwise.</summary>
/// <param name="Pointer">Where in the record (RFC 6901); empty for the whole of it.</param>
/// <param name="Recorded">What was recorded.</param>
/// <param name="Derived">What comes out now; null for nothing.</param>
internal sealed record RecordDifference(string Pointer, JsonElement Recorded, JsonElement? Derived);
