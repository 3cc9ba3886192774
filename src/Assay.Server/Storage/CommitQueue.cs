using System.Threading.Channels;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage;

/// <summary>The single writer of the event store: whatever has queued while as many commits were on their way as the store takes at once goes into the next.</summary>
/// <remarks>
/// A batch is answered after the commit that holds it. The channel is unbounded and its bounds are counted here, in items and in bytes, because a full bounded
/// channel either blocks the caller or drops silently; a caller that finds the queue full is told so.
/// </remarks>
internal sealed class CommitQueue(IEventStore store, TimeProvider clock) : IHostedService, IAsyncDisposable
{
    /// <summary>Items that may wait.</summary>
    public const int Capacity = 100_000;

    /// <summary>Bytes that may wait, as <see cref="Batch.Bytes"/> tells them: items may carry properties as large as a request.</summary>
    public const long CapacityInBytes = 64 * 1024 * 1024;

    /// <summary>Items that go into one commit, unless a single batch has more.</summary>
    public const int LargestCommit = 20_000;

    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _starting = new();
    private long _waiting;
    private long _waitingBytes;
    private Task? _loop;

    /// <summary>Items queued and not yet committed.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Queues a batch and completes when it is on disk.</summary>
    /// <param name="batch">The batch; once queued it is committed even if the caller stops waiting.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Null, with nothing stored, when too much is waiting or the queue has been stopped.</returns>
    public async ValueTask<BatchOutcome?> SubmitAsync(Batch batch, CancellationToken cancellation)
    {
        var work = new Submission(batch);
        return TryQueue(work, cancellation) ? await work.Outcome.Task.WaitAsync(cancellation) : null;
    }

    /// <summary>Queues a request of links, which goes into one commit with those queued next to it, and completes when it is on disk.</summary>
    /// <returns>Null, with nothing stored, when too much is waiting or the queue has been stopped.</returns>
    public async ValueTask<LinkOutcome?> LinkAsync(LinkBatch batch, CancellationToken cancellation)
    {
        var work = new Linking(batch);
        return TryQueue(work, cancellation) ? await work.Outcome.Task.WaitAsync(cancellation) : null;
    }

    /// <summary>Opens an experiment, or replaces its view, between two commits.</summary>
    public async Task OpenAsync(ExperimentView view, CancellationToken cancellation)
    {
        await AloneAsync(
            async now =>
            {
                await store.OpenAsync(view, now, CancellationToken.None);
                return true;
            },
            cancellation);
    }

    /// <summary>Makes or lifts exclusions, in a commit of their own.</summary>
    public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, CancellationToken cancellation) =>
        AloneAsync(now => store.ExcludeAsync(batch, now, CancellationToken.None), cancellation);

    /// <summary>Erases a person, in a commit of its own.</summary>
    /// <returns>Null for an id that is not known.</returns>
    public Task<ErasedUnit?> EraseAsync(string userId, string actor, CancellationToken cancellation) =>
        AloneAsync(now => store.EraseAsync(userId, actor, now, CancellationToken.None), cancellation);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_starting) _loop ??= Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, and commits what has been queued.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (_loop is { } loop) await loop.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task RunAsync()
    {
        var underWay = new List<UnderWay>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (_queue.Reader.TryPeek(out var next) && next is Submission)
            {
                await EndAsync(underWay, store.CommitsAtOnce - 1);
                underWay.Add(await BeginAsync(underWay));
                continue;
            }

            await EndAsync(underWay, 0);
            if (_queue.Reader.TryRead(out var other)) await (other is Linking linking ? LinkAsync(linking) : ((Alone)other).RunAsync(clock.GetUtcNow()));
        }

        await EndAsync(underWay, 0);
    }

    /// <summary>Waits until no more than so many commits are under way.</summary>
    private static async Task EndAsync(List<UnderWay> underWay, int most)
    {
        while (underWay.Count > most)
        {
            await Task.WhenAny(underWay.Select(commit => commit.End));
            underWay.RemoveAll(commit => commit.End.IsCompleted);
        }
    }

    /// <summary>Takes what goes into one commit. Each costs something whatever its size, so that one beside another takes what comes until it is as large, or until that has ended.</summary>
    private async Task<UnderWay> BeginAsync(List<UnderWay> beside)
    {
        var group = new List<Submission>();
        var items = 0;
        Task<bool>? more = null;
        while (Take(group, ref items) && beside.Sum(commit => commit.Items) > items)
        {
            if (more is null or { IsCompleted: true }) more = _queue.Reader.WaitToReadAsync().AsTask();
            await Task.WhenAny([more, .. beside.Select(commit => commit.End)]);
            beside.RemoveAll(commit => commit.End.IsCompleted);
            if (more.IsCompleted && !await more) break;
        }

        return new UnderWay(items, CommitAsync(group));
    }

    /// <returns>Whether it took all that has queued by now, and may take more.</returns>
    private bool Take(List<Submission> group, ref int items)
    {
        while (_queue.Reader.TryPeek(out var next))
        {
            if (next is not Submission submission || (group.Count > 0 && items + submission.Batch.Count > LargestCommit)) return false;
            _queue.Reader.TryRead(out _);
            group.Add(submission);
            items += submission.Batch.Count;
        }

        return true;
    }

    /// <summary>Requests that lift links are not mixed with those that make some.</summary>
    private async Task LinkAsync(Linking first)
    {
        var group = new List<Linking> { first };
        var items = first.Weight;
        while (_queue.Reader.TryPeek(out var next) && next is Linking linking && linking.Batch.IsLifting == first.Batch.IsLifting && items + linking.Weight <= LargestCommit)
        {
            _queue.Reader.TryRead(out _);
            group.Add(linking);
            items += linking.Weight;
        }

        try
        {
            var outcomes = await store.LinkAsync(group.ConvertAll(linking => linking.Batch), clock.GetUtcNow(), CancellationToken.None);
            Release(group);
            for (var i = 0; i < group.Count; i++) group[i].Outcome.SetResult(outcomes[i]);
        }
        catch (Exception failure)
        {
            Release(group);
            foreach (var linking in group) linking.Outcome.TrySetException(failure);
        }
    }

    private async Task CommitAsync(List<Submission> group)
    {
        try
        {
            var outcomes = await store.CommitAsync(group.ConvertAll(submission => submission.Batch), clock.GetUtcNow(), CancellationToken.None);
            Release(group);
            for (var i = 0; i < group.Count; i++) group[i].Outcome.SetResult(outcomes[i]);
        }
        catch (Exception failure)
        {
            // Nothing of the group is stored; each waiting caller is told why.
            Release(group);
            foreach (var submission in group) submission.Outcome.TrySetException(failure);
        }
    }

    /// <summary>Runs work between two commits; once queued it is done even if the caller stops waiting.</summary>
    public async Task<T> AloneAsync<T>(Func<DateTimeOffset, Task<T>> run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var work = new Alone<T>(run);
        if (!_queue.Writer.TryWrite(work)) throw new InvalidOperationException("The commit queue has been stopped.");
        return await work.Done.Task.WaitAsync(cancellation);
    }

    /// <returns>False, with nothing queued, when too much is waiting or the queue has been stopped.</returns>
    private bool TryQueue(Counted work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var items = Interlocked.Add(ref _waiting, work.Weight);
        var bytes = Interlocked.Add(ref _waitingBytes, work.Bytes);
        if (items <= Capacity && bytes <= CapacityInBytes && _queue.Writer.TryWrite(work)) return true;
        Release([work]);
        return false;
    }

    private void Release(IReadOnlyCollection<Counted> group)
    {
        Interlocked.Add(ref _waiting, -group.Sum(work => work.Weight));
        Interlocked.Add(ref _waitingBytes, -group.Sum(work => work.Bytes));
    }

    /// <param name="Items">How large it is.</param>
    /// <param name="End">Completes when it has ended, well or not.</param>
    private sealed record UnderWay(int Items, Task End);

    private abstract record Work;

    /// <summary>What takes room while it waits; a batch of nothing but refusals still takes a place.</summary>
    private abstract record Counted(int Weight, long Bytes) : Work;

    private sealed record Linking(LinkBatch Batch) : Counted(Math.Max(1, Batch.Items.Length), Batch.Bytes)
    {
        public TaskCompletionSource<LinkOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Submission(Batch Batch) : Counted(Math.Max(1, Batch.Count), Batch.Bytes)
    {
        public TaskCompletionSource<BatchOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What goes into no commit of others.</summary>
    private abstract record Alone : Work
    {
        public abstract Task RunAsync(DateTimeOffset now);
    }

    private sealed record Alone<T>(Func<DateTimeOffset, Task<T>> Run) : Alone
    {
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task RunAsync(DateTimeOffset now)
        {
            try
            {
                Done.SetResult(await Run(now));
            }
            catch (Exception failure)
            {
                Done.TrySetException(failure);
            }
        }
    }
}
