namespace Assay.Server.Storage.Auditing;

/// <summary>What the audit keeps of a design and its plan: a hash of both as they are stored, written as entries of the audit are.</summary>
internal static class DesignDigest
{
    public const string Field = "design_sha256";

    public static string Of(Experiment experiment) => Of(ExperimentRow.Of(experiment, expectedVersion: 0));

    public static string Of(ExperimentRow row) => AuditChain.Hash(row.Design, row.Plan);
}
