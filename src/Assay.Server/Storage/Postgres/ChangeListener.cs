using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Hears what other processes commit and change, and has this one take it up. While it does not hear, nothing of the catalog is remembered.</summary>
internal sealed partial class ChangeListener(
    PostgresEngine engine, PostgresEventStore store, ExperimentDirectory experiments, Agreement agreement, StorageState state, TimeProvider clock, ILogger<ChangeListener> log)
    : BackgroundService
{
    private bool _isNews;
    private bool _isAway;
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
                await Task.Delay(engine.Times.BetweenAttempts, clock, stoppingToken);
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
            await using var connection = await engine.Sessions.OpenConnectionAsync(stopping);
            connection.Notification += (_, heard) => Hear(heard);
            await using (var listen = new NpgsqlCommand("listen assay_commit; listen assay_experiment", connection)) await listen.ExecuteNonQueryAsync(stopping);
            experiments.SetTold(true);
            await WarnIfCarelessAsync(connection, stopping);

            // Whoever changed an experiment when the connection was lost may have done half of it.
            agreement.Ask();
            while (true)
            {
                // Also at first: what happened while nobody listened.
                _isNews = false;
                await store.RefreshAsync(stopping);
                _isAway = false;
                await WaitForNewsAsync(connection, stopping);
            }
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            if (!_isAway) LogAway(failure.Message);
            _isAway = true;
        }
        finally
        {
            experiments.SetTold(false);
        }
    }

    /// <summary>Until another process has committed, or it has been quiet; what this process commits meanwhile makes the wait no longer.</summary>
    private async Task WaitForNewsAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        var since = clock.GetTimestamp();
        while (!_isNews && engine.Times.Quiet - clock.GetElapsedTime(since) is { Ticks: > 0 } left && await connection.WaitAsync(left, stopping))
        {
        }

        if (_isNews) return;

        // A connection that was forgotten on the way is as quiet as one on which nothing happens: the one answers, the other does not.
        await using var question = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)engine.Times.Answer.TotalSeconds };
        await question.ExecuteNonQueryAsync(stopping);
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
        else if (!store.WritingProcesses.Contains(heard.PID)) _isNews = true;
    }

    [LoggerMessage(111, LogLevel.Warning, "The database runs with fsync off: a power cut may take what was acknowledged")]
    private partial void LogCareless();

    [LoggerMessage(110, LogLevel.Warning, "The database does not tell of changes; it is asked again: {Why}")]
    private partial void LogAway(string why);
}
