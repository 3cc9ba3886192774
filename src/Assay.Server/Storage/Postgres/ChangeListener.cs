using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Hears what other processes commit and change, and has this one take it up. While it does not hear, nothing of the catalog is remembered.</summary>
internal sealed partial class ChangeListener(
    NpgsqlDataSource source, PostgresEventStore store, ExperimentDirectory experiments, StorageState state, TimeProvider clock, ILogger<ChangeListener> log) : BackgroundService
{
    /// <summary>A quiet connection is looked past this often, so that one that hears nothing any more is found out.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);

    private bool _isNews;
    private bool _isWarned;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            experiments.SetTold(false);
            await state.Ready.WaitAsync(stoppingToken);
            while (true)
            {
                await ListenAsync(stoppingToken);
                await Task.Delay(BetweenAttempts, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (InvalidOperationException) when (state.Failure is not null)
        {
            // Storage did not come up; it has said so itself.
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(stopping);
            connection.Notification += (_, heard) => Hear(heard);
            await using (var listen = new NpgsqlCommand("listen assay_commit; listen assay_experiment", connection)) await listen.ExecuteNonQueryAsync(stopping);
            experiments.SetTold(true);
            await WarnIfCarelessAsync(connection, stopping);
            while (true)
            {
                // Also at first: what happened while nobody listened.
                _isNews = false;
                await store.RefreshAsync(stopping);
                while (!_isNews && await connection.WaitAsync(Quiet, stopping))
                {
                }
            }
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogAway(failure.Message);
        }
        finally
        {
            experiments.SetTold(false);
        }
    }

    /// <summary>What a server is told to do without, no client can ask it to do.</summary>
    private async Task WarnIfCarelessAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand("show fsync", connection);
        if (!_isWarned && await command.ExecuteScalarAsync(stopping) is "off") LogCareless();
        _isWarned = true;
    }

    private void Hear(NpgsqlNotificationEventArgs heard)
    {
        if (heard.Channel == "assay_experiment") experiments.Forget(heard.Payload);
        else if (heard.PID != store.WritingProcess) _isNews = true;
    }

    [LoggerMessage(111, LogLevel.Warning, "The database runs with fsync off: a power cut may take what was acknowledged")]
    private partial void LogCareless();

    [LoggerMessage(110, LogLevel.Warning, "The database does not tell of changes; it is asked again: {Why}")]
    private partial void LogAway(string why);
}
