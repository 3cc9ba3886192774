namespace Assay.Analysis.Designs;

/// <summary>When a stopped experiment stops listening.</summary>
public static class Closing
{
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(1);

    /// <summary>The stop + the longest window + 1 h of lateness, rounded up to a full hour: nothing that could still count comes later.</summary>
    public static DateTimeOffset At(Design design, DateTimeOffset stoppedAt)
    {
        var end = stoppedAt.ToUniversalTime() + design.Metrics.All.Max(ExperimentViews.Window) + Lateness;
        var into = end.Ticks % TimeSpan.TicksPerHour;
        return into == 0 ? end : end.AddTicks(TimeSpan.TicksPerHour - into);
    }
}
