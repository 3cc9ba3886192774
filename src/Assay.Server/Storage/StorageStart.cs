using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>Brings storage up beside the server, so that the process answers <c>/healthz</c> while a large file is still being migrated or recovered.</summary>
internal sealed partial class StorageStart(DbDataSource source, StorageState state, IEnumerable<IOpensWithStorage> openers, TimeProvider clock, ILogger<StorageStart> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the server: SQLite works synchronously.
        await Task.Yield();
        try
        {
            await Migrations.ApplyAsync(source, clock, stoppingToken);
            foreach (var opener in openers) await opener.OpenAsync(stoppingToken);
            state.MarkReady();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, failure.Message);
            state.MarkFailed(failure.Message);
        }
    }

    [LoggerMessage(100, LogLevel.Critical, "Storage did not come up: {Why}")]
    private partial void LogFailed(Exception failure, string why);
}

/// <summary>Something to open once storage is migrated and before any request that needs it is answered.</summary>
internal interface IOpensWithStorage
{
    Task OpenAsync(CancellationToken cancellation);
}
