using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests;

/// <summary>A fake clock that knows how many timers wait on it, so that a test moves on when the code under test has gone to sleep and not before.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waiting;

    /// <summary>Timers that have not fired and are not disposed.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var counted = new Counted(this);
        counted.Timer = base.CreateTimer(
            _ =>
            {
                counted.Release();
                callback(state);
            },
            null, dueTime, period);
        Interlocked.Increment(ref _waiting); // After it is set: who sees it may move the clock.
        return counted;
    }

    private sealed class Counted(SteppedTime time) : ITimer
    {
        private int _released;

        public ITimer? Timer { get; set; }

        public void Release()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) Interlocked.Decrement(ref time._waiting);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            Release();
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
