using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Server.Hosting;

namespace Assay.Server.Experiments;

/// <summary>The body of <c>amend</c>.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
/// <param name="Design">The whole design as it shall be, in the form it is created in. Variations, split, allocation and holdout stay as they are.</param>
internal sealed record AmendRequest(string Reason, Design Design)
{
    /// <returns>Null where something is wrong; every error is among the errors.</returns>
    public static AmendRequest? Read(JsonElement body, Design before, List<ProblemError> errors)
    {
        errors.AddRange(ActionBody.RefuseUnknown(body, "reason", "design"));
        var known = errors.Count;
        var reason = ActionBody.ReadReason(body, errors);
        if (reason is null && errors.Count == known) errors.Add(new ProblemError("/reason", "missing_field", "An amendment says why."));
        if (!body.TryGetProperty("design", out var document) || document.ValueKind == JsonValueKind.Null)
        {
            errors.Add(new ProblemError("/design", "missing_field", "The whole design is wanted, as it shall be."));
            return null;
        }

        var reading = DesignReader.Read(document);
        errors.AddRange(reading.Errors.Select(error => new ProblemError($"/design{error.Pointer}", error.Code, error.Detail)));
        if (reading.Design is { } design) errors.AddRange(Refuse(before, design));
        return errors.Count == 0 ? new AmendRequest(reason!, reading.Design!) : null;
    }

    private static IEnumerable<ProblemError> Refuse(Design before, Design after)
    {
        if (!string.Equals(before.Key, after.Key, StringComparison.Ordinal))
            yield return new ProblemError("/design/key", "key_mismatch", $"The key of this experiment is '{before.Key}' and stays so.");
        var (old, next) = (DesignWriter.Write(before), DesignWriter.Write(after));
        if (JsonNode.DeepEquals(old, next)) yield return new ProblemError("/design", "unchanged", "This is the design that runs.");
        foreach (var field in (string[])["unit", "variations", "traffic_split", "traffic_allocation", "holdout_fraction"])
        {
            if (!JsonNode.DeepEquals(old["setup"]![field], next["setup"]![field]))
                yield return new ProblemError($"/design/setup/{field}", DesignErrorCode.NotSupportedYet, "An amendment changes the plan; who gets what stays as it is. Another allocation needs an experiment of its own.");
        }
    }
}
