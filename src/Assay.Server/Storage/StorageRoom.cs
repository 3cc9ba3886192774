using System.Data.Common;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Storage;

internal static class StorageRoom
{
    public static void AddStorage(this IServiceCollection services, string storage)
    {
        services.AddSingleton<DbDataSource>(_ => new SqliteSource(storage));
        services.AddSingleton(provider => new StorageLock(provider.GetRequiredService<DbDataSource>().ConnectionString));
        services.AddSingleton<StorageState>();
        services.AddSingleton<ICatalog, SqlCatalog>();
        services.AddSingleton<ExperimentDirectory>();
        services.AddSingleton<IEventStore>(provider => new SqliteEventStore(provider.GetRequiredService<DbDataSource>().ConnectionString));
        services.AddSingleton<CommitQueue>();
        services.AddHostedService<StorageStart>();
    }
}
