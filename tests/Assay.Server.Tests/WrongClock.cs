namespace Assay.Server.Tests;

/// <summary>A clock that runs, and that somebody sets: its time may jump either way. Timers and timestamps go on, as they do where a system's clock is set.</summary>
internal sealed class WrongClock(DateTimeOffset now) : TimeProvider
{
    private long _ahead = (now - System.GetUtcNow()).Ticks;

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ahead, (now - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
