using System.Collections.Concurrent;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>One experiment's readout on its way to every watcher: however many watch, it is looked at and computed once.</summary>
internal sealed partial class Broadcast(string key, LiveReadout readout, ExperimentDirectory experiments, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Between two events: what a page can show and a reader can follow.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How often a quiet experiment is asked whether it has changed; asking compares a few numbers.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _ended = new();
    private volatile Turn _latest = new(null);

    /// <summary>The newest turn; its <see cref="Turn.Next"/> completes when there is a newer.</summary>
    public Turn Latest => _latest;

    /// <summary>Watchers; the broadcasts' lock guards it.</summary>
    public int Watchers { get; set; }

    public void Start(string etag) => _ = RunAsync(etag, _ended.Token);

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task RunAsync(string etag, CancellationToken ended)
    {
        try
        {
            var published = time.GetTimestamp();
            while (true)
            {
                if (time.GetElapsedTime(published) is var since && since < Pace) await Task.Delay(Pace - since, time, ended);
                while (true)
                {
                    if (await experiments.FindAsync(key, ended) is not { } experiment) return;
                    if (!string.Equals(readout.Identify(experiment), etag, StringComparison.Ordinal))
                    {
                        published = time.GetTimestamp();
                        var served = readout.Read(experiment);
                        etag = served.ETag;
                        Publish(served);
                        break;
                    }

                    await Task.Delay(Glance, time, ended);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The last watcher left.
        }
        catch (Exception failure)
        {
            LogFailed(failure, key);
        }
        finally
        {
            _latest.Next.TrySetResult(null);
        }
    }

    private void Publish(ServedReadout served)
    {
        var before = _latest;
        var turn = new Turn(served);
        _latest = turn;
        before.Next.TrySetResult(turn);
    }

    [LoggerMessage(400, LogLevel.Error, "The stream of '{Experiment}' ended by a failure; its watchers will reconnect")]
    private partial void LogFailed(Exception failure, string experiment);
}

/// <summary>One event of a broadcast.</summary>
/// <param name="Readout">Null before the first.</param>
internal sealed record Turn(ServedReadout? Readout)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]?>>> _made = new(StringComparer.Ordinal);

    /// <summary>Completes with the turn after this one, or with null when the broadcast has ended.</summary>
    public TaskCompletionSource<Turn?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What many watchers ask for at this turn is made by who comes first, and is good until the next: every change brings one.</summary>
    /// <param name="what">Tells it from all else that is made of the turn.</param>
    /// <param name="make">Makes it; one that fails is made anew for the next who asks.</param>
    public async Task<byte[]?> MakeOnceAsync(string what, Func<Task<byte[]?>> make)
    {
        var made = _made.GetOrAdd(what, _ => new Lazy<Task<byte[]?>>(make));
        try
        {
            return await made.Value;
        }
        catch
        {
            _made.TryRemove(KeyValuePair.Create(what, made));
            throw;
        }
    }
}
