using System.Data.Common;
using Assay.Server.Storage.Postgres;

namespace Assay.Server.Storage;

internal static class StorageEngines
{
    /// <summary>Whether a connection string names a PostgreSQL server rather than a SQLite file.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static bool IsPostgres(string storage)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = storage };
        return parts.ContainsKey("Host") || parts.ContainsKey("Server");
    }

    public static IStorageEngine Open(string storage) => IsPostgres(storage) ? new PostgresEngine(storage) : new SqliteEngine(storage);
}
