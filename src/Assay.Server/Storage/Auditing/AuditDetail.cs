using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Server.Storage.Auditing;

/// <summary>What the detail of an entry says that can be held against what is stored. A detail that somebody has made into something else says nothing.</summary>
/// <param name="Version">The experiment's version; null for entries that tell no change of an experiment.</param>
/// <param name="Status">Its status.</param>
/// <param name="Design">The hash of its design and plan; null in entries from before designs were hashed.</param>
/// <param name="Decision">The hash of a decision.</param>
/// <param name="Record">The hash of something recorded of a readout.</param>
/// <param name="Course">The experiment's course, by the names of its columns, times in microseconds; what an entry does not tell is not there.</param>
internal sealed record AuditDetail(int? Version, string? Status, string? Design, string? Decision, string? Record, ImmutableArray<KeyValuePair<string, long?>> Course)
{
    private static readonly ImmutableArray<string> Numbers = ["iteration", "epoch"], Times = ["started_at", "stopped_at", "closes_at", "iteration_started_at"];

    /// <summary>The action of an entry that tells a decision.</summary>
    public const string Decided = "decided";

    public const string DecisionDigest = "decision_sha256";

    public const string RecordDigest = "record_sha256";

    private static readonly AuditDetail Nothing = new(null, null, null, null, null, []);

    public static AuditDetail Of(AuditRow entry)
    {
        try
        {
            using var detail = JsonDocument.Parse(entry.Detail);
            var root = detail.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Nothing;
            return new AuditDetail(
                root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null,
                Text(root, "status"),
                Text(root, DesignDigest.Field),
                Text(root, DecisionDigest),
                Text(root, RecordDigest),
                [.. Numbers.SelectMany(field => Told(root, field, NumberOf)), .. Times.SelectMany(field => Told(root, field, TimeOf))]);
        }
        catch (JsonException)
        {
            // The chain tells that the entry was changed.
            return Nothing;
        }
    }

    private static IEnumerable<KeyValuePair<string, long?>> Told(JsonElement detail, string field, Func<JsonElement, long?> read) =>
        detail.TryGetProperty(field, out var told) ? [KeyValuePair.Create(field, read(told))] : [];

    private static long? NumberOf(JsonElement told) => told.ValueKind == JsonValueKind.Number && told.TryGetInt64(out var number) ? number : null;

    private static long? TimeOf(JsonElement told) => told.ValueKind == JsonValueKind.String && told.TryGetDateTimeOffset(out var time) ? Microseconds.Of(time) : null;

    private static string? Text(JsonElement detail, string field) =>
        detail.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
