namespace Assay.Browser.Tests;

/// <summary>A clock that runs, and that a test sets forward: timers go on as they do where a system's clock is set.</summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private long _ahead = (now - System.GetUtcNow()).Ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
