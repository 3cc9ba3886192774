using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>At each distinct time of an event, in order: how many units of each arm were still followed, and to how many it happened.</summary>
internal static class RiskTable
{
    /// <summary>One line; an event at the time of a censoring comes first, so the censored unit is at risk.</summary>
    public readonly record struct Line(double Time, long ControlAtRisk, long TreatmentAtRisk, long ControlEvents, long TreatmentEvents)
    {
        public long AtRisk => ControlAtRisk + TreatmentAtRisk;

        public long Events => ControlEvents + TreatmentEvents;
    }

    /// <summary>The table of two arms, one of which may be empty, in O(n log n).</summary>
    public static ImmutableArray<Line> Of(ReadOnlySpan<TimeToEvent> control, ReadOnlySpan<TimeToEvent> treatment)
    {
        TimeToEvent[] c = InOrder(control, nameof(control)), t = InOrder(treatment, nameof(treatment));
        var lines = ImmutableArray.CreateBuilder<Line>();
        for (int i = 0, j = 0; i < c.Length || j < t.Length;)
        {
            var time = j == t.Length || (i < c.Length && c[i].Time <= t[j].Time) ? c[i].Time : t[j].Time;
            long controlAtRisk = c.Length - i, treatmentAtRisk = t.Length - j;
            long controlEvents = Pass(c, ref i, time), treatmentEvents = Pass(t, ref j, time);
            if (controlEvents + treatmentEvents > 0) lines.Add(new Line(time, controlAtRisk, treatmentAtRisk, controlEvents, treatmentEvents));
        }

        return lines.ToImmutable();
    }

    private static TimeToEvent[] InOrder(ReadOnlySpan<TimeToEvent> units, string name)
    {
        foreach (var unit in units) Check.NonNegative(unit.Time, name);
        var sorted = units.ToArray();
        Array.Sort(sorted, static (left, right) => left.Time.CompareTo(right.Time));
        return sorted;
    }

    private static long Pass(TimeToEvent[] sorted, ref int at, double time)
    {
        long events = 0;
        for (; at < sorted.Length && sorted[at].Time == time; at++)
        {
            if (sorted[at].Happened) events++;
        }

        return events;
    }
}
