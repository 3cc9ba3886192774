using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>
/// Follows every experiment that runs or still matures, and records what its readouts must not forget: the looks of a group-sequential design or a fixed test, first crossings, and verdicts as they change.
/// Commits and the clock bring it on, never a reader. What is due is drawn again and stored under the turn that changes of experiments take, of data as new as any process has committed.
/// </summary>
internal sealed partial class ReadoutRecorder(
    ExperimentDirectory experiments, ICatalog catalog, IStorageEngine engine, IEventStore store, LiveReadouts readouts, StorageState state, TimeProvider clock, ILogger<ReadoutRecorder> log)
    : BackgroundService
{
    /// <summary>Between two rounds; a round in which nothing has changed compares a few numbers an experiment.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>After its closing a stopped experiment goes on to be followed for so long: days are merged by then, and nothing changes any more.</summary>
    private static readonly TimeSpan AfterClosing = TimeSpan.FromDays(3);

    /// <summary>So many of those that closed long ago are looked at a round: there may be thousands when a server starts, and those that run wait for them.</summary>
    private const int SettledAtOnce = 16;

    /// <summary>The answers that were looked at last.</summary>
    private readonly Dictionary<string, (string ETag, long Received)> _seen = new(StringComparer.Ordinal);

    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly Queue<string> _unsettled = new();
    private long _changes = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.Ready.WaitAsync(stoppingToken);
            while (true)
            {
                await TryAsync("", FindFollowedAsync, stoppingToken);
                foreach (var key in _followed.ToList()) await TryAsync(key, stopping => FollowAsync(key, stopping), stoppingToken);
                for (var left = Math.Min(_unsettled.Count, SettledAtOnce); left > 0; left--) await SettleNextAsync(stoppingToken);
                await Task.Delay(Pace, clock, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested || state.Failure is not null)
        {
            // The server stops, or storage did not come up and has said so itself.
        }
    }

    /// <summary>One experiment that fails keeps no other waiting. Nothing is half-recorded, and what is due stays due.</summary>
    private async Task TryAsync(string key, Func<CancellationToken, Task> step, CancellationToken stopping)
    {
        try
        {
            await step(stopping);
            _failing.Remove(key);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            if (_failing.Add(key)) LogFailed(failure, key);
        }
    }

    private async Task FindFollowedAsync(CancellationToken stopping)
    {
        var changes = experiments.Changes;
        if (changes == _changes) return;
        var since = clock.GetUtcNow() - AfterClosing;
        HashSet<string> followed = [.. await catalog.ListFollowedAsync(since, stopping)];
        foreach (var key in _changes < 0 ? await catalog.ListUnsettledAsync(since, stopping) : _followed.Except(followed, StringComparer.Ordinal)) _unsettled.Enqueue(key);
        _followed = followed;
        _changes = changes;
    }

    private async Task FollowAsync(string key, CancellationToken stopping)
    {
        if (await experiments.FindAsync(key, stopping) is not { } experiment || !IsFollowed(experiment))
        {
            _followed.Remove(key);
            _seen.Remove(key);
            _unsettled.Enqueue(key);
            return;
        }

        var readout = readouts.Of(key, allPairs: false);
        var answer = readout.Stamp(experiment);
        if (_seen.TryGetValue(key, out var seen) && seen == answer) return;
        if (IsAnythingDue(experiment, readout)) await RecordAsync(key, readout, stopping);
        else _seen[key] = answer;
    }

    /// <summary>One that closed long ago is looked at once more, for what came due while no server was up; nothing is kept of it.</summary>
    private async Task SettleNextAsync(CancellationToken stopping)
    {
        var key = _unsettled.Dequeue();
        await TryAsync(key, SettleAsync, stopping);
        if (_failing.Contains(key)) _unsettled.Enqueue(key);

        async Task SettleAsync(CancellationToken ends)
        {
            var live = new LiveReadout(store, clock, allPairs: false);
            if (await catalog.FindAsync(key, ends) is { StartedAt: not null } experiment && IsAnythingDue(experiment, live)) await RecordAsync(key, live, ends);
        }
    }

    private bool IsAnythingDue(Experiment experiment, LiveReadout live)
    {
        var (readout, input) = live.Draw(experiment);
        return DueRecords.Of(experiment, readout, input, clock.GetUtcNow()).Records.Count > 0;
    }

    /// <summary>Draws again what is due, now that nobody changes the experiment and nothing committed is unknown here, and stores it.</summary>
    private async Task RecordAsync(string key, LiveReadout readout, CancellationToken stopping)
    {
        await using var turn = await engine.TakeTurnAsync(stopping);
        await store.RefreshAsync(stopping);
        if (await catalog.FindAsync(key, stopping) is not { StartedAt: not null } experiment) return;
        var due = DueRecords.Of(experiment, readout.Gather(experiment), clock.GetUtcNow());
        if (due.Records.Count > 0) await catalog.AddRecordsAsync(due.Records, CancellationToken.None);
        experiments.Forget(key);
    }

    /// <summary>A stopped experiment is followed until nothing of it can change, also when it has been archived meanwhile.</summary>
    private bool IsFollowed(Experiment experiment) => experiment.Status switch
    {
        ExperimentStatus.Running or ExperimentStatus.Paused => true,
        ExperimentStatus.Stopped when experiment.ClosesAt is null => true,
        ExperimentStatus.Stopped or ExperimentStatus.Archived => experiment.ClosesAt + AfterClosing > clock.GetUtcNow(),
        _ => false,
    };

    [LoggerMessage(420, LogLevel.Error, "Looks, crossings and verdicts of '{Key}' cannot be recorded, and it is tried again")]
    private partial void LogFailed(Exception failure, string key);
}
