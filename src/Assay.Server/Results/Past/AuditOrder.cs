using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Storage;

namespace Assay.Server.Results.Past;

/// <summary>In what order things were recorded and decided. The audit tells it: entries are appended with what they tell of, and a clock that is set back moves none of them.</summary>
internal sealed class AuditOrder
{
    private const string Decision = "decision";

    /// <summary>Numbers of verdicts and decisions run through all iterations.</summary>
    private readonly Dictionary<(string Kind, int? Iteration, string Name), int> _places = [];

    private AuditOrder()
    {
    }

    /// <param name="audit">All that is told of one experiment, in order.</param>
    public static AuditOrder Of(ImmutableArray<AuditEntry> audit)
    {
        var order = new AuditOrder();
        for (var place = 0; place < audit.Length; place++)
            if (Told(audit[place]) is { } told) order._places.TryAdd(told, place);
        return order;
    }

    /// <returns>Null where no entry tells of it.</returns>
    public int? Of(RecordRow row) => Find(row.Kind, Wire.Parse<RecordKind>(row.Kind) == RecordKind.Verdict ? null : row.Iteration, row.Name);

    /// <returns>Null where no entry tells of it.</returns>
    public int? Of(DecisionRow row) => Find(Decision, null, Text(row.Number));

    /// <summary>As they were recorded. What no entry tells of comes last of its iteration, by the clock: looks before crossings before verdicts.</summary>
    public IEnumerable<RecordRow> Sort(IEnumerable<RecordRow> rows) => rows
        .OrderBy(row => row.Iteration).ThenBy(row => Of(row) ?? int.MaxValue)
        .ThenBy(row => row.At).ThenBy(row => Wire.Parse<RecordKind>(row.Kind)).ThenBy(row => row.Name.Length).ThenBy(row => row.Name, StringComparer.Ordinal);

    private int? Find(string kind, int? iteration, string name) => _places.TryGetValue((kind, iteration, name), out var place) ? place : null;

    /// <summary>What an entry tells of; null where that is no record.</summary>
    private static (string Kind, int? Iteration, string Name)? Told(AuditEntry entry)
    {
        if (entry.Action is not ("look_taken" or "crossed" or "verdict_changed" or "amended" or "decided")) return null;
        var detail = JsonElement.Parse(entry.Detail);
        return entry.Action switch
        {
            "look_taken" => Number(detail, "iteration") is { } iteration && Pair(detail) is { } pair && Number(detail, "look") is { } look ? (Wire.Name(RecordKind.Look), iteration, $"{pair}/{Text(look)}") : null,
            "crossed" => Number(detail, "iteration") is { } iteration && Pair(detail) is { } pair ? (Wire.Name(RecordKind.Crossing), iteration, pair) : null,
            "verdict_changed" => Number(detail, "number") is { } number ? (Wire.Name(RecordKind.Verdict), null, Text(number)) : null,
            // The entry is of the iteration that begins.
            "amended" => Number(detail, "iteration") - 1 is { } ended ? (Wire.Name(RecordKind.Iteration), ended, Text(ended)) : null,
            _ => Number(detail, "number") is { } number ? (Decision, null, Text(number)) : null,
        };
    }

    private static string? Pair(JsonElement detail) =>
        detail.TryGetProperty("metric", out var metric) && Number(detail, "treatment_index") is { } treatment ? $"{metric.GetString()}/{Text(treatment)}" : null;

    private static int? Number(JsonElement detail, string field) =>
        detail.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
