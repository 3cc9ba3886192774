using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Storage.Auditing;

/// <summary>What the audit keeps of a design and its plan: the SHA-256 of both as they are stored, design, newline, plan.</summary>
internal static class DesignSeal
{
    public const string Field = "design_sha256";

    public static string Of(Experiment experiment) => Of(ExperimentRow.Of(experiment, expectedVersion: 0));

    public static string Of(ExperimentRow row) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Design}\n{row.Plan}")));
}
