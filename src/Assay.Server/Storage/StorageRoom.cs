using System.Data.Common;

namespace Assay.Server.Storage;

internal static class StorageRoom
{
    public static void AddStorage(this IServiceCollection services, string storage)
    {
        services.AddSingleton<DbDataSource>(_ => new SqliteSource(storage));
        services.AddSingleton<StorageState>();
        services.AddSingleton<ICatalog, SqlCatalog>();
        services.AddSingleton<ExperimentDirectory>();
        services.AddHostedService<StorageStart>();
    }
}
