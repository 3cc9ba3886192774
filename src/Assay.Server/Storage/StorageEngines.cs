using System.Data.Common;
using Assay.Server.Storage.Postgres;
using Assay.Server.Storage.Sqlite;

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

    /// <summary>A reader of what an engine stores, for commands that run beside the server.</summary>
    public static IUnitReader UnitsOf(IStorageEngine engine) =>
        engine is PostgresEngine postgres ? new PostgresUnitReader(postgres.Postgres) : new SqliteUnitReader(engine.Source.ConnectionString);

    public static IStorageEngine Open(string storage) => IsPostgres(storage) ? new PostgresEngine(storage) : new SqliteEngine(storage);
}
