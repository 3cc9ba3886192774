using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>Brings storage up beside the server, so that the process answers <c>/healthz</c> while a large file is still being migrated or restored, and down after it.</summary>
internal sealed partial class StorageStart(
    IStorageEngine engine, IEventStore store, Agreement agreement, CommitQueue queue, StorageState state, TimeProvider clock, ILogger<StorageStart> log)
    : BackgroundService
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <exception cref="StorageInUseException">Another server has the file: this one does not start.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Take();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (state.IsReady) await queue.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the server: SQLite works synchronously.
        await Task.Yield();
        try
        {
            while (!await TryComeUpAsync(stoppingToken)) await Task.Delay(BetweenAttempts, clock, stoppingToken);
            await queue.StartAsync(stoppingToken);
            state.MarkReady();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, failure.Message);
            state.MarkFailed(failure.Message);
        }
    }

    /// <returns>False when a database server does not answer yet.</returns>
    private async Task<bool> TryComeUpAsync(CancellationToken cancellation)
    {
        try
        {
            await engine.MigrateAsync(clock, cancellation);
            await store.RestoreAsync(cancellation);
            await agreement.MakeAsync(cancellation);
            return true;
        }
        catch (DbException away) when (StorageAway.Is(away))
        {
            LogAway(away.Message);
            return false;
        }
    }

    [LoggerMessage(101, LogLevel.Warning, "Storage does not answer yet, and is asked again: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(100, LogLevel.Critical, "Storage did not come up: {Why}")]
    private partial void LogFailed(Exception failure, string why);
}
