using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

public sealed class CommitQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waited_for_one_commit_goes_into_the_next_together()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var others = Enumerable.Range(0, 5).Select(_ => queue.SubmitAsync(Events(2), Cancellation).AsTask()).ToList();
        store.Gate.Release(100);
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 5], store.Groups);
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task A_commit_takes_no_more_than_its_largest_size()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var others = Enumerable.Range(0, 5).Select(_ => queue.SubmitAsync(Events(8000), Cancellation).AsTask()).ToList();
        store.Gate.Release(100);
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 2, 2, 1], store.Groups);
    }

    [Fact]
    public async Task A_full_queue_says_so_and_stores_nothing()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var accepted = Enumerable.Range(0, 10).Select(_ => queue.SubmitAsync(Events(10_000), Cancellation).AsTask()).ToList();
        Assert.Null(await queue.SubmitAsync(Events(1), Cancellation));
        Assert.Equal(CommitQueue.Capacity, queue.Waiting);
        store.Gate.Release(100);
        await Task.WhenAll(accepted);
        Assert.NotNull(await queue.SubmitAsync(Events(1), Cancellation));
        Assert.Equal(11, store.Groups.Sum());
    }

    [Fact]
    public async Task A_queue_full_of_bytes_says_so_however_few_the_items()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var mebibyte = new string('x', 512 * 1024);
        var large = Events(1) with { Exposures = [.. Enumerable.Range(0, 15).Select(i => new ExposureItem(i, "u", 0, 0, null, null, mebibyte, null))] };
        var accepted = Enumerable.Range(0, 4).Select(_ => queue.SubmitAsync(large, Cancellation).AsTask()).ToList();
        var refused = queue.SubmitAsync(large, Cancellation).AsTask();
        var isAnswered = refused.IsCompleted;
        var small = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        store.Gate.Release(100);
        Assert.True(isAnswered);
        Assert.Null(await refused);
        await Task.WhenAll([.. accepted, small]);
        Assert.NotNull(await small);
        Assert.NotNull(await queue.SubmitAsync(large, Cancellation));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task A_failed_commit_tells_everyone_who_waited_and_the_next_succeeds()
    {
        var store = new GatedStore { Failure = new IOException("disk full") };
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var second = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        store.Gate.Release(2);
        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        store.Failure = null;
        store.Gate.Release(100);
        Assert.NotNull(await queue.SubmitAsync(Events(1), Cancellation));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_does_not_take_the_batch_back()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        using var impatience = new CancellationTokenSource();
        var left = queue.SubmitAsync(Events(1), impatience.Token).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        store.Gate.Release(100);
        await queue.StopAsync(Cancellation);
        Assert.Equal([1], store.Groups);
    }

    [Fact]
    public async Task Links_that_wait_go_into_one_commit_lifts_into_another_and_a_failure_is_told_to_all()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await store.Entered.WaitAsync(Cancellation);
        var links = Enumerable.Range(1, 3).Select(count => queue.LinkAsync(Links(count, isLifting: false), Cancellation).AsTask()).ToList();
        links.Add(queue.LinkAsync(Links(1, isLifting: true), Cancellation).AsTask());
        Assert.Equal(8, queue.Waiting);
        store.Gate.Release(100);
        Assert.Equal([1, 2, 3, 1], (await Task.WhenAll(links)).Select(outcome => outcome!.Fates.Length));
        await first;
        Assert.Equal(["commit", "link 1+2+3", "link 1"], store.Calls);
        store.Failure = new IOException("disk full");
        await Assert.ThrowsAsync<IOException>(async () => await queue.LinkAsync(Links(1, isLifting: false), Cancellation));
        Assert.Equal(0, queue.Waiting);

        static LinkBatch Links(int count, bool isLifting) => new([.. Enumerable.Range(0, count).Select(i => new LinkItem(i, $"a{i}", isLifting ? "" : "u"))], isLifting, "tester");
    }

    [Fact]
    public async Task Stopping_commits_what_was_queued_and_takes_nothing_more()
    {
        var store = new GatedStore();
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        var opened = queue.OpenAsync(History.Views[0], Cancellation);
        var second = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        var excluded = queue.ExcludeAsync(new ExclusionBatch([], IsLifting: false, "tester"), Cancellation);
        var erased = queue.EraseAsync("u", "tester", Cancellation);
        store.Gate.Release(100);
        await queue.StopAsync(Cancellation);
        Assert.NotNull(await first);
        Assert.NotNull(await second);
        Assert.Null(await erased);
        await Task.WhenAll(opened, excluded);
        Assert.Equal(["commit", "open", "commit", "exclude", "erase"], store.Calls);
        Assert.Null(await queue.SubmitAsync(Events(1), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.OpenAsync(History.Views[0], Cancellation));
    }

    [Fact]
    public async Task As_many_commits_are_on_their_way_as_the_store_takes_at_once_and_no_more()
    {
        var store = new GatedStore { CommitsAtOnce = 2 };
        await using var queue = await StartAsync(store);
        var all = new List<Task>();
        for (var i = 1; i <= 2; i++)
        {
            all.Add(queue.SubmitAsync(Events(1), Cancellation).AsTask());
            await Wait.UntilAsync(() => store.UnderWay == i);
        }

        all.AddRange(Enumerable.Range(0, 4).Select(_ => queue.SubmitAsync(Events(1), Cancellation).AsTask()));
        store.Gate.Release(100);
        await Task.WhenAll(all);
        Assert.Equal(2, store.MostUnderWay);
        Assert.Equal([1, 1, 4], store.Groups.Order());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task A_commit_beside_another_takes_more_until_it_is_as_large_or_the_other_has_ended(int small)
    {
        var store = new GatedStore { CommitsAtOnce = 2 };
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(3), Cancellation).AsTask();
        await Wait.UntilAsync(() => store.UnderWay == 1);
        var others = new List<Task>();
        for (var i = 0; i < small; i++)
        {
            others.Add(queue.SubmitAsync(Events(1), Cancellation).AsTask());
            await Wait.AWhileAsync();
        }

        if (small == 3) await Wait.UntilAsync(() => store.UnderWay == 2);
        store.Gate.Release(1);
        await Task.WhenAny([first, .. others]);
        store.Gate.Release(100);
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, small], store.Groups.Order());
    }

    [Fact]
    public async Task What_is_done_alone_waits_for_every_commit_and_none_begins_beside_it()
    {
        var store = new GatedStore { CommitsAtOnce = 2 };
        await using var queue = await StartAsync(store);
        Task[] commits = [queue.SubmitAsync(Events(1), Cancellation).AsTask(), Task.CompletedTask, Task.CompletedTask];
        await Wait.UntilAsync(() => store.UnderWay == 1);
        commits[1] = queue.SubmitAsync(Events(2), Cancellation).AsTask();
        await Wait.UntilAsync(() => store.UnderWay == 2);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var beside = new List<int>();
        var alone = queue.AloneAsync(
            async _ =>
            {
                beside.Add(store.UnderWay);
                await released.Task;
                beside.Add(store.UnderWay);
                return true;
            },
            Cancellation);
        commits[2] = queue.SubmitAsync(Events(3), Cancellation).AsTask();
        var linked = queue.LinkAsync(new LinkBatch([new LinkItem(0, "a", "u")], IsLifting: false, "tester"), Cancellation).AsTask();
        store.Gate.Release(1);
        await Task.WhenAny(commits[..2]);
        store.Gate.Release(1);
        await Task.WhenAll(commits[..2]);
        await Wait.UntilAsync(() => beside.Count == 1);
        await Wait.AWhileAsync();
        released.SetResult();
        await alone;
        store.Gate.Release(100);
        await Task.WhenAll([.. commits, linked]);
        Assert.Equal([0, 0], beside);
        Assert.Equal(["commit", "commit", "commit", "link 1"], store.Calls);
    }

    [Fact]
    public async Task Stopping_waits_for_every_commit_that_is_on_its_way()
    {
        var store = new GatedStore { CommitsAtOnce = 2 };
        await using var queue = await StartAsync(store);
        var first = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await Wait.UntilAsync(() => store.UnderWay == 1);
        var second = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        await Wait.UntilAsync(() => store.UnderWay == 2);
        var third = queue.SubmitAsync(Events(1), Cancellation).AsTask();
        var stop = queue.StopAsync(Cancellation);
        store.Gate.Release(2);
        await Task.WhenAll(first, second);
        await Wait.UntilAsync(() => store.UnderWay == 1);
        await Wait.AWhileAsync();
        Assert.False(stop.IsCompleted);
        store.Gate.Release(1);
        await stop;
        Assert.Equal([1, 1, 1], store.Groups);
        foreach (var commit in (Task<BatchOutcome?>[])[first, second, third]) Assert.NotNull(await commit);
    }

    private static async Task<CommitQueue> StartAsync(IEventStore store)
    {
        var queue = new CommitQueue(store, TimeProvider.System);
        await queue.StartAsync(Cancellation);
        return queue;
    }

    private static Batch Events(int count) => new(null, 0)
    {
        Events = [.. Enumerable.Range(0, count).Select(i => new EventItem(i, "u", "e", 1, 0, null, null, null, null))],
    };

    /// <summary>Commits when the test lets it.</summary>
    private sealed class GatedStore : IEventStore
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly Lock _lock = new();
        private int _underWay;

        public SemaphoreSlim Gate { get; } = new(0);

        public int UnderWay => Volatile.Read(ref _underWay);

        public int MostUnderWay { get; private set; }

        public Task Entered => _entered.Task;

        public List<int> Groups { get; } = [];

        public List<string> Calls { get; } = [];

        public Exception? Failure { get; set; }

        public int CommitsAtOnce { get; init; } = 1;

        public long Watermark => Groups.Count;

        public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task RestoreAsync(CancellationToken cancellation) => Task.CompletedTask;

        public async Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
        {
            lock (_lock) MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
            _entered.TrySetResult();
            await Gate.WaitAsync(cancellation);
            lock (_lock)
            {
                _underWay--;
                if (Failure is { } failure) throw failure;
                Calls.Add("commit");
                Groups.Add(batches.Count);
                return [.. batches.Select(batch => new BatchOutcome([.. Enumerable.Repeat(ItemFate.Recorded, batch.Count)], Groups.Count))];
            }
        }

        public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation)
        {
            Calls.Add("open");
            return Task.CompletedTask;
        }

        public Task<BatchOutcome> ExcludeAsync(ExclusionBatch batch, DateTimeOffset now, CancellationToken cancellation)
        {
            Calls.Add("exclude");
            return Failure is { } failure ? Task.FromException<BatchOutcome>(failure) : Task.FromResult(new BatchOutcome([ItemFate.Recorded], Watermark));
        }

        public Task<ImmutableArray<LinkOutcome>> LinkAsync(IReadOnlyList<LinkBatch> batches, DateTimeOffset now, CancellationToken cancellation)
        {
            Calls.Add($"link {string.Join('+', batches.Select(batch => batch.Items.Length))}");
            return Failure is { } failure
                ? Task.FromException<ImmutableArray<LinkOutcome>>(failure)
                : Task.FromResult<ImmutableArray<LinkOutcome>>([.. batches.Select(batch => new LinkOutcome([.. batch.Items.Select(_ => LinkFate.Recorded)], Watermark))]);
        }

        public Task<ErasedUnit?> EraseAsync(string userId, string actor, DateTimeOffset now, CancellationToken cancellation)
        {
            Calls.Add("erase");
            return Failure is { } failure ? Task.FromException<ErasedUnit?>(failure) : Task.FromResult<ErasedUnit?>(null);
        }

        public MeasuredExperiment? Read(string experiment) => null;

        public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => Task.FromResult<MeasuredExperiment?>(null);

        public Task<MeasuredExperiment?> RecomputeAsync(string experiment, PastView past, CancellationToken cancellation) => Task.FromResult<MeasuredExperiment?>(null);

        public Task<long?> FindCommitAsync(long watermark, CancellationToken cancellation) => Task.FromResult<long?>(null);

        public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
