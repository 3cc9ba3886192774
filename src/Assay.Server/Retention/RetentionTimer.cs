using System.Data.Common;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Retention;

/// <summary>Goes on with what was interrupted when the server starts; where rows are kept for so many days only, removes older ones then and once a day.</summary>
internal sealed partial class RetentionTimer(AssayOptions options, RowKeeping keeping, StorageState state, TimeProvider clock, ILogger<RetentionTimer> log) : BackgroundService
{
    /// <summary>Who the audit says it was.</summary>
    public const string Actor = "assay";

    private static readonly TimeSpan Between = TimeSpan.FromDays(1), AfterFailure = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.Ready.WaitAsync(stoppingToken);
            while (true)
            {
                var isDone = await TryAsync(stoppingToken);
                if (isDone && options.KeepRowsDays is null) return;
                await Task.Delay(isDone ? Between : AfterFailure, clock, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested || state.Failure is not null)
        {
            // The server stops, or storage did not come up and has said so itself. What is not done is gone on with at the next start.
        }
    }

    private async Task<bool> TryAsync(CancellationToken stopping)
    {
        try
        {
            if (options.KeepRowsDays is not { } days)
            {
                await keeping.FinishAsync(stopping);
                return true;
            }

            var retained = await keeping.RetainAsync(Microseconds.Of(clock.GetUtcNow().AddDays(-days)), Actor, stopping);
            if (retained.Rows.Events + retained.Rows.Exposures + retained.Rows.Covariates > 0) LogRemoved(retained.Rows.Exposures, retained.Rows.Events, retained.Rows.Covariates, retained.Horizon);
            return true;
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            LogFailed(failure.Message);
            return false;
        }
    }

    [LoggerMessage(700, LogLevel.Information, "Retention removed {Exposures} exposures, {Events} events and {Covariates} covariates from before {Horizon}")]
    private partial void LogRemoved(long exposures, long events, long covariates, DateTimeOffset? horizon);

    [LoggerMessage(701, LogLevel.Warning, "Rows that may go could not be removed, and it is tried again: {Why}")]
    private partial void LogFailed(string why);
}
