using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>
/// Follows every experiment that runs or still matures, and records what its readouts must not forget: the looks of a group-sequential design, first crossings, and verdicts as they change.
/// Commits and the clock bring it on, never a reader; of several processes whoever comes first records.
/// </summary>
internal sealed partial class ReadoutRecorder(
    ExperimentDirectory experiments, ICatalog catalog, LiveReadouts readouts, StorageState state, TimeProvider clock, ILogger<ReadoutRecorder> log) : BackgroundService
{
    /// <summary>Between two rounds; a round in which nothing has changed compares a few numbers an experiment.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>The answers that were looked at last.</summary>
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    private List<string> _followed = [];
    private long _changes = -1;
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.Ready.WaitAsync(stoppingToken);
            while (true)
            {
                await TryAsync("", FindFollowedAsync, stoppingToken);
                foreach (var key in _followed) await TryAsync(key, stopping => FollowAsync(key, stopping), stoppingToken);
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
        var followed = new List<string>();
        await foreach (var experiment in catalog.WalkAsync(stopping))
            if (IsFollowed(experiment)) followed.Add(experiment.Key);
        (_followed, _changes) = (followed, changes);
    }

    private async Task FollowAsync(string key, CancellationToken stopping)
    {
        if (await experiments.FindAsync(key, stopping) is not { } experiment || !IsFollowed(experiment)) return;
        var readout = readouts.Of(key, allPairs: false);
        var answer = readout.Identify(experiment);
        if (string.Equals(_seen.GetValueOrDefault(key), answer, StringComparison.Ordinal)) return;
        if (await RecordAsync(experiment, readout)) experiments.Forget(key);
        else _seen[key] = answer;
    }

    /// <summary>Looks first, since a verdict rests on them; what is drawn from them is recorded in the next round.</summary>
    /// <returns>Whether something was to be recorded, here or by another process.</returns>
    private async Task<bool> RecordAsync(Experiment experiment, LiveReadout live)
    {
        var (readout, input) = live.Draw(experiment);
        var now = clock.GetUtcNow();
        var records = LookTaking.Due(input).Select(look => ReadoutRecords.Of(experiment, look, now)).ToList();
        if (records.Count == 0)
        {
            records.AddRange(Crossing.New(readout, experiment.Recorded.Crossings).Select(crossing => ReadoutRecords.Of(experiment, crossing, now)));
            if (RecordedVerdict.Of(readout.Verdict) != (experiment.Recorded.Verdict ?? RecordedVerdict.First)) records.Add(ReadoutRecords.Of(experiment, readout, input, now));
        }

        if (records.Count == 0) return false;
        await catalog.AddRecordsAsync(records, CancellationToken.None);
        return true;
    }

    private static bool IsFollowed(Experiment experiment) => experiment.Status is ExperimentStatus.Running or ExperimentStatus.Paused or ExperimentStatus.Stopped;

    [LoggerMessage(420, LogLevel.Error, "Looks, crossings and verdicts of '{Key}' cannot be recorded, and it is tried again")]
    private partial void LogFailed(Exception failure, string key);
}
