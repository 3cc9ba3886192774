using Microsoft.Extensions.Time.Testing;

namespace Assay.Sdk.Tests;

/// <summary>A clock that jumps to the end of every wait, and remembers how long each would have been.</summary>
internal sealed class ImpatientTime : FakeTimeProvider
{
    public ImpatientTime()
        : base(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Add(dueTime);
        Advance(dueTime);
        return timer;
    }
}
