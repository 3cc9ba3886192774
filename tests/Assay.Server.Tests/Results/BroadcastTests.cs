using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Server.Tests.Results;

public sealed class BroadcastTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly SteppedTime _time = new(Samples.Arrival);
    private readonly FakeEventStore _store = new();
    private readonly FakeCatalog _catalog = new();
    private readonly ExperimentDirectory _experiments;
    private readonly LiveReadouts _readouts;
    private readonly Broadcasts _broadcasts;

    public BroadcastTests()
    {
        _catalog.Experiments["checkout"] = Samples.Running;
        _experiments = new ExperimentDirectory(_catalog);
        _readouts = new LiveReadouts(_store, _time);
        _broadcasts = new Broadcasts(_readouts, _experiments, _time, NullLogger<Broadcast>.Instance);
        _store.Touch(Pictures.Of(10, Pictures.FirstBucket));
    }

    [Fact]
    public async Task Every_watcher_is_told_the_same_turn()
    {
        var one = Join();
        var other = Join();
        Assert.Same(one, other);
        var next = one.Latest.Next.Task;
        _store.Touch(Pictures.Of(20, Pictures.FirstBucket));
        var turn = await TellAsync(next);
        Assert.Same(turn, other.Latest);
        Assert.Same(turn!.Readout, _readouts.Read(Samples.Running, allPairs: false));
    }

    [Fact]
    public async Task There_is_at_most_one_turn_a_second_and_a_change_waits_no_longer()
    {
        var broadcast = Join();
        long last = _time.GetTimestamp();
        for (var i = 0; i < 5; i++)
        {
            var next = broadcast.Latest.Next.Task;
            _store.Touch(Pictures.Of(20 + i, Pictures.FirstBucket));
            await TellAsync(next);
            var since = _time.GetElapsedTime(last);
            Assert.InRange(since, Broadcast.Pace, Broadcast.Pace + (2 * Step));
            last = _time.GetTimestamp();
        }
    }

    [Fact]
    public async Task Maturity_is_told_without_a_commit()
    {
        var next = Join().Latest.Next.Task;
        _time.SetUtcNow(Pictures.FirstBucket);
        Assert.NotNull(await TellAsync(next));
    }

    [Fact]
    public async Task What_nobody_watches_ends_and_begins_again_with_the_next_watcher()
    {
        var first = Join();
        var next = first.Latest.Next.Task;
        _broadcasts.Leave("checkout", false, first);
        Assert.Null(await next.WaitAsync(Wait.Long));
        Assert.NotSame(first, Join());
    }

    [Fact]
    public async Task An_experiment_that_is_gone_ends_the_broadcast()
    {
        var next = Join().Latest.Next.Task;
        _catalog.Experiments.Clear();
        _experiments.Forget("checkout");
        Assert.Null(await TellAsync(next));
    }

    private Broadcast Join() => _broadcasts.Join("checkout", false, _readouts.Of("checkout", false).Identify(Samples.Running));

    /// <summary>Lets time pass until the turn comes.</summary>
    private async Task<Turn?> TellAsync(Task<Turn?> turn)
    {
        for (var step = 0; !turn.IsCompleted; step++)
        {
            Assert.True(step < 400, "No turn came in twenty seconds of the fake clock.");
            await Wait.UntilAsync(() => _time.Waiting > 0 || turn.IsCompleted);
            if (!turn.IsCompleted) _time.Advance(Step);
        }

        return await turn;
    }
}
