using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

/// <summary>Tells a database that is away or full, and will come back, from one that refuses.</summary>
internal static class StorageAway
{
    /// <summary>Class of the SQL states with which a server that stops or starts ends its sessions.</summary>
    private const string OperatorIntervention = "57";

    /// <summary>Results of SQLite with which a file that is in use, or whose disk is full or fails, refuses for now: SQLITE_BUSY, SQLITE_IOERR and SQLITE_FULL.</summary>
    private static readonly int[] ForNow = [5, 10, 13];

    public static bool Is(Exception? failure) => failure switch
    {
        SqliteException file => ForNow.Contains(file.SqliteErrorCode),
        DbException away => away.IsTransient || away.SqlState?.StartsWith(OperatorIntervention, StringComparison.Ordinal) == true,
        _ => false,
    };
}
