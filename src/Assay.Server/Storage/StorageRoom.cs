using System.Data.Common;
using Assay.Server.Storage.Postgres;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Storage;

internal static class StorageRoom
{
    /// <param name="services">The server's.</param>
    /// <param name="storage">A connection string of SQLite or PostgreSQL.</param>
    /// <param name="keepsEventIds">Whether ids of events that are no UUIDs are kept beside their hashes.</param>
    public static void AddStorage(this IServiceCollection services, string storage, bool keepsEventIds = false)
    {
        services.AddSingleton(_ => StorageEngines.Open(storage));
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<IStorageEngine>().Source);
        services.AddSingleton<StorageState>();
        services.AddSingleton<ICatalog, SqlCatalog>();
        services.AddSingleton<ExclusionList>();
        services.AddSingleton<IdentityList>();
        services.AddSingleton<ExperimentDirectory>();
        services.AddSingleton<CommitQueue>();
        services.AddSingleton<Agreement>();
        services.AddHostedService<StorageStart>();
        services.AddHostedService(provider => provider.GetRequiredService<Agreement>());
        if (StorageEngines.IsPostgres(storage)) services.AddPostgresEvents(keepsEventIds);
        else services.AddSqliteEvents(keepsEventIds);
    }

    private static void AddSqliteEvents(this IServiceCollection services, bool keepsEventIds)
    {
        services.AddSingleton(provider => new SqliteEventStore(provider.GetRequiredService<DbDataSource>().ConnectionString, keepsEventIds: keepsEventIds));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<SqliteEventStore>());
        services.AddSingleton<IRowRetention>(provider => provider.GetRequiredService<SqliteEventStore>());
    }

    private static void AddPostgresEvents(this IServiceCollection services, bool keepsEventIds)
    {
        services.AddSingleton(provider => (PostgresEngine)provider.GetRequiredService<IStorageEngine>());
        services.AddSingleton(provider => new PostgresEventStore(provider.GetRequiredService<PostgresEngine>(), keepsEventIds: keepsEventIds));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<PostgresEventStore>());
        services.AddSingleton<IRowRetention>(provider => provider.GetRequiredService<PostgresEventStore>());
        services.AddHostedService<ChangeListener>();
    }
}
