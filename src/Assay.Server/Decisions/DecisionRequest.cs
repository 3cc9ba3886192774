using System.Text.Json;
using Assay.Analysis.Verdicts;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Decisions;

/// <summary>The body of <c>decide</c>.</summary>
/// <param name="Decision"><c>ship</c>, <c>keep_control</c>, <c>keep_running</c> or <c>investigate</c>.</param>
/// <param name="VariationIndex">The treatment to ship; the recommended one unless given. Only with <c>ship</c>.</param>
/// <param name="Reason">Why, at most 2,000 characters; needed where the decision differs from the verdict.</param>
/// <param name="Verdict">The status of the verdict that the decision was made of: where it is another by now, nothing is stored.</param>
internal sealed record DecisionRequest(Choice Decision, int? VariationIndex = null, string? Reason = null, VerdictStatus? Verdict = null)
{
    /// <returns>Null where a field is wrong; every wrong one is among the errors.</returns>
    public static DecisionRequest? Read(JsonElement body, List<ProblemError> errors)
    {
        errors.AddRange(ActionBody.RefuseUnknown(body, "decision", "variation_index", "reason", "verdict"));
        var decision = ReadName<Choice>(body, "decision", errors);
        var verdict = ReadName<VerdictStatus>(body, "verdict", errors);
        if (!body.TryGetProperty("decision", out var given) || given.ValueKind == JsonValueKind.Null)
            errors.Add(new ProblemError("/decision", "missing_field", $"A decision is one of {string.Join(", ", Wire.All<Choice>())}."));
        var variation = ReadVariation(body, decision, errors);
        var reason = ActionBody.ReadReason(body, errors);
        return errors.Count == 0 ? new DecisionRequest(decision!.Value, variation, reason, verdict) : null;
    }

    private static T? ReadName<T>(JsonElement body, string field, List<ProblemError> errors)
        where T : struct, Enum
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        var name = value.ValueKind == JsonValueKind.String ? JsonBody.Text(value) : null;
        var found = name is null ? null : Wire.TryParse<T>(name);
        if (found is null) errors.Add(new ProblemError($"/{field}", "invalid_value", $"It is one of {string.Join(", ", Wire.All<T>())}."));
        return found;
    }

    private static int? ReadVariation(JsonElement body, Choice? decision, List<ProblemError> errors)
    {
        if (!body.TryGetProperty("variation_index", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var index)) errors.Add(new ProblemError("/variation_index", "invalid_value", "An index is a whole number."));
        else if (decision is not null and not Choice.Ship) errors.Add(new ProblemError("/variation_index", "not_applicable", "Only ship names a variation."));
        else return index;
        return null;
    }
}
