using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>Tells a database that is away, and will come back, from one that refuses.</summary>
internal static class StorageAway
{
    /// <summary>Class of the SQL states with which a server that stops or starts ends its sessions.</summary>
    private const string OperatorIntervention = "57";

    public static bool Is(Exception? failure) =>
        failure is DbException away && (away.IsTransient || away.SqlState?.StartsWith(OperatorIntervention, StringComparison.Ordinal) == true);
}
