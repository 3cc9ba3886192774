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
        Arm c = Arm.Of(control, nameof(control)), t = Arm.Of(treatment, nameof(treatment));
        var lines = ImmutableArray.CreateBuilder<Line>();
        for (int i = 0, j = 0; i < c.Times.Length || j < t.Times.Length;)
        {
            var time = j == t.Times.Length || (i < c.Times.Length && c.Times[i] <= t.Times[j]) ? c.Times[i] : t.Times[j];
            long controlAtRisk = c.Times.Length - i, treatmentAtRisk = t.Times.Length - j;
            long controlEvents = c.Pass(ref i, time), treatmentEvents = t.Pass(ref j, time);
            if (controlEvents + treatmentEvents > 0) lines.Add(new Line(time, controlAtRisk, treatmentAtRisk, controlEvents, treatmentEvents));
        }

        return lines.ToImmutable();
    }

    /// <summary>An arm in order of time.</summary>
    private readonly record struct Arm(double[] Times, bool[] Happened)
    {
        public static Arm Of(ReadOnlySpan<TimeToEvent> units, string name)
        {
            var arm = new Arm(new double[units.Length], new bool[units.Length]);
            for (var i = 0; i < units.Length; i++)
            {
                Check.NonNegative(units[i].Time, name);
                (arm.Times[i], arm.Happened[i]) = (units[i].Time, units[i].Happened);
            }

            Array.Sort(arm.Times, arm.Happened);
            return arm;
        }

        /// <summary>Goes past the units of a time and counts the events among them.</summary>
        public long Pass(ref int at, double time)
        {
            long events = 0;
            for (; at < Times.Length && Times[at] == time; at++)
            {
                if (Happened[at]) events++;
            }

            return events;
        }
    }
}
