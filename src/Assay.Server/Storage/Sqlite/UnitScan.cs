using System.Globalization;
using System.Runtime.InteropServices;
using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Measures every unit of an experiment anew: exposures, events and covariates in one pass, merged by unit.</summary>
internal static class UnitScan
{
    /// <summary>How far a scan goes on that nobody waits for any more.</summary>
    private const int UnitsBetweenLooks = 4_096;

    public static (AccumulatorSet Accumulators, Dictionary<string, EventTotal> Events, long? LastEventAt) Run(
        EventDatabase database, int experiment, UnitMeasure measure, long compactedThrough, CancellationToken cancellation = default)
    {
        var names = NamesOf(database, measure);
        using var exposures = new Cursor(database.Open(
            "select unit, at, variation, id from exposures where experiment = ? order by unit").Bind(1, experiment));
        using var events = new Cursor(database.Open(
            $"select unit, name, at, value, delay, properties from events where name in ({string.Join(',', names.Keys)}) order by unit"));
        using var covariates = new Cursor(database.Open(
            $"select c.unit, n.text, c.value from covariates c join names n on n.name = c.name where c.experiment = {experiment.ToString(CultureInfo.InvariantCulture)} order by c.unit"));
        var accumulators = new AccumulatorSet(measure.View, compactedThrough);
        var totals = new Dictionary<string, EventTotal>(StringComparer.Ordinal);
        long? last = null;
        var unit = new Rows();
        for (var scanned = 0L; ; scanned++)
        {
            if (scanned % UnitsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            var next = Math.Min(exposures.Unit, Math.Min(events.Unit, covariates.Unit));
            if (next == long.MaxValue) return (accumulators, totals, last);
            unit.Clear();
            for (; exposures.Unit == next; exposures.Advance())
                unit.Exposures.Add(new ExposureRow(exposures.Row.Int64(1), exposures.Row.Int32(2), StoredId.Read(exposures.Row, 3) ?? ""));
            for (; events.Unit == next; events.Advance())
            {
                var at = events.Row.Int64(2);
                unit.Events.Add(new EventRow(names[events.Row.Int32(1)], at, events.Row.Real(3), at + events.Row.Int64(4), events.Row.TextOrNull(5)));
            }

            for (; covariates.Unit == next; covariates.Advance()) unit.Covariates.Add(new CovariateRow(covariates.Row.Text(1), covariates.Row.Real(2)));
            unit.Count(measure, totals);
            last = unit.Last(measure, last);
            if (unit.Measure(measure) is { } measurement) accumulators.Add(measurement);
        }
    }

    private static Dictionary<int, string> NamesOf(EventDatabase database, UnitMeasure measure)
    {
        var names = new Dictionary<int, string>();
        var row = database.Prepare("select name from names where text = ?");
        foreach (var text in measure.Names)
        {
            if (row.Bind(1, text).Step()) names.Add(row.Int32(0), text);
            row.Reset();
        }

        return names;
    }

    /// <summary>A statement at the row of its current unit; beyond the last row the unit is <see cref="long.MaxValue"/>.</summary>
    private sealed class Cursor : IDisposable
    {
        public Cursor(Statement row)
        {
            Row = row;
            Advance();
        }

        public Statement Row { get; }

        public long Unit { get; private set; }

        public void Advance() => Unit = Row.Step() ? Row.Int64(0) : long.MaxValue;

        public void Dispose() => Row.Dispose();
    }

    private sealed class Rows
    {
        public List<ExposureRow> Exposures { get; } = [];

        public List<EventRow> Events { get; } = [];

        public List<CovariateRow> Covariates { get; } = [];

        public void Clear()
        {
            Exposures.Clear();
            Events.Clear();
            Covariates.Clear();
        }

        public UnitMeasurement? Measure(UnitMeasure measure) =>
            measure.Measure(CollectionsMarshal.AsSpan(Exposures), CollectionsMarshal.AsSpan(Events), CollectionsMarshal.AsSpan(Covariates));

        public void Count(UnitMeasure measure, Dictionary<string, EventTotal> totals)
        {
            foreach (var row in Events)
            {
                if (!measure.Sees(row.Name, row.At)) continue;
                var total = totals.GetValueOrDefault(row.Name) ?? new EventTotal(0, new ExactSum());
                total.Values.Add(row.Value);
                totals[row.Name] = total with { Count = total.Count + 1 };
            }
        }

        public long? Last(UnitMeasure measure, long? last)
        {
            foreach (var row in Exposures)
                if (last is not { } known || row.At > known) last = row.At;
            foreach (var row in Events)
                if ((last is not { } known || row.At > known) && measure.Sees(row.Name, row.At)) last = row.At;
            return last;
        }
    }
}
