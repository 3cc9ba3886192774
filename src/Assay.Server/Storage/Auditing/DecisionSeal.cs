using System.Text.Json;

namespace Assay.Server.Storage.Auditing;

/// <summary>How the audit tells of a decision: by the hash of what is stored of it.</summary>
internal static class DecisionSeal
{
    public const string Action = "decided";

    public const string Field = "decision_sha256";

    /// <summary>The hash that an entry tells; none where it tells none.</summary>
    public static string Of(AuditRow entry)
    {
        using var detail = JsonDocument.Parse(entry.Detail);
        return detail.RootElement.TryGetProperty(Field, out var seal) ? seal.GetString() ?? "" : "";
    }
}
