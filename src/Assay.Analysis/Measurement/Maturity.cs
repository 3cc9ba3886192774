namespace Assay.Analysis.Measurement;

/// <summary>When a unit's value is final, and under which bucket it is kept.</summary>
public static class Maturity
{
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;
    private const long Lateness = Hour;
    private const long LongWindow = 72 * Hour;
    private const long KeptByHour = 2 * Day;

    /// <summary>How long after its window a unit is given for events that are on their way.</summary>
    public static TimeSpan LatenessAllowed => TimeSpan.FromMicroseconds(Lateness);

    /// <summary>First exposure + window + 1 h of lateness, rounded up to a full hour, or to UTC midnight for windows over 72 h.</summary>
    public static long MaturesAt(long firstExposure, TimeSpan window)
    {
        var length = Microseconds(window);
        return RoundUp(firstExposure + length + Lateness, length > LongWindow ? Day : Hour);
    }

    /// <summary>When a unit is completed in a slice: at the UTC midnight that closes the day it matures in, so that slices have a bucket a day and not an hour.</summary>
    public static long InSlice(long maturesAt) => RoundUp(maturesAt, Day);

    /// <summary>The bucket of a unit that matures at <paramref name="maturesAt"/>: that hour, or its closing midnight once its day has been merged.</summary>
    public static long Bucket(long maturesAt, long compactedThrough)
    {
        var midnight = RoundUp(maturesAt, Day);
        return midnight <= compactedThrough ? midnight : maturesAt;
    }

    /// <summary>The midnight up to which whole UTC days are older than two days.</summary>
    public static long CompactedThrough(long now) => RoundDown(now - KeptByHour, Day);

    /// <summary>A span in microseconds.</summary>
    public static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The UTC day a time falls on, counted from the Unix epoch.</summary>
    public static long DayOf(long at) => RoundDown(at, Day) / Day;

    private static long RoundUp(long at, long unit) => -RoundDown(-at, unit);

    private static long RoundDown(long at, long unit)
    {
        var rest = at % unit;
        return at - (rest < 0 ? rest + unit : rest);
    }
}
