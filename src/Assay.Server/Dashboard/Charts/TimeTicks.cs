using System.Collections.Immutable;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Round moments along an axis of time, in UTC: full hours, midnights, Mondays, or the first days of months.</summary>
internal static class TimeTicks
{
    private static readonly DateTimeOffset Monday = new(1970, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly int[] Hours = [1, 2, 3, 6, 12, 24, 48, 72, 96, 7 * 24, 14 * 24];

    private static readonly int[] Months = [1, 2, 3, 6, 12, 24, 60, 120];

    /// <summary>The moments of the shortest step that gives at most so many of them from the first moment to the last.</summary>
    public static ImmutableArray<DateTimeOffset> Within(DateTimeOffset from, DateTimeOffset to, int atMost)
    {
        foreach (var hours in Hours)
            if (Steps(from, to, hours, atMost) is { } ticks) return ticks;
        foreach (var months in Months)
            if (FirstDays(from, to, months, atMost) is { } ticks) return ticks;
        return [];
    }

    /// <summary>An hour by its time, a midnight by its day, and with its year where the axis is longer than half of one.</summary>
    public static string Label(DateTimeOffset tick, TimeSpan axis) => tick.UtcDateTime.ToString(
        tick.Hour != 0 ? Dates.Clock : axis > TimeSpan.FromDays(180) ? Dates.Month : Dates.DayOfYear, Dates.Names);

    private static ImmutableArray<DateTimeOffset>? Steps(DateTimeOffset from, DateTimeOffset to, int hours, int atMost)
    {
        var step = TimeSpan.FromHours(hours);
        var first = (long)Math.Ceiling((from - Monday) / step);
        var last = (long)Math.Floor((to - Monday) / step);
        return last - first < atMost ? [.. Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(index => Monday + ((first + index) * step))] : null;
    }

    private static ImmutableArray<DateTimeOffset>? FirstDays(DateTimeOffset from, DateTimeOffset to, int months, int atMost)
    {
        var ticks = ImmutableArray.CreateBuilder<DateTimeOffset>();
        var month = ((from.UtcDateTime.Year * 12) + from.UtcDateTime.Month - 1) / months * months;
        for (; ; month += months)
        {
            var tick = new DateTimeOffset(month / 12, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero);
            if (tick > to) return ticks.ToImmutable();
            if (tick < from) continue;
            if (ticks.Count == atMost) return null;
            ticks.Add(tick);
        }
    }
}
