using System.Data.Common;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Storage;

internal static class StorageRoom
{
    public static void AddStorage(this IServiceCollection services, string storage)
    {
        services.AddSingleton<DbDataSource>(_ => new SqliteSource(storage));
        services.AddSingleton<StorageState>();
        services.AddSingleton<ICatalog, SqlCatalog>();
        services.AddSingleton<ExperimentDirectory>();
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<StorageState>().IsMigrated
            ? new SqliteEventStore(provider.GetRequiredService<DbDataSource>().ConnectionString)
            : throw new InvalidOperationException("The event store opens a migrated file: ask for it when storage is ready, not before."));
        services.AddSingleton<CommitQueue>();
        services.AddHostedService<StorageStart>();
    }
}
