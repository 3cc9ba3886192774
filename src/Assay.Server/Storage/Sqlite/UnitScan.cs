using System.Globalization;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Goes through every unit of an experiment: exposures, events and covariates in one pass, merged by unit.</summary>
internal static class UnitScan
{
    /// <summary>How far a scan goes on that nobody waits for any more.</summary>
    private const int UnitsBetweenLooks = 4_096;

    /// <summary>Measures every unit anew.</summary>
    public static FullMeasure Run(EventDatabase database, int experiment, UnitMeasure measure, long compactedThrough, CancellationToken cancellation = default)
    {
        var measured = new FullMeasure(measure, compactedThrough);
        Visit(database, experiment, measure, measured, tellsUsers: false, cancellation);
        return measured;
    }

    /// <summary>Shows every unit, in the order of their numbers.</summary>
    public static void Visit(EventDatabase database, int experiment, UnitMeasure measure, IUnitVisitor visitor, bool tellsUsers, CancellationToken cancellation)
    {
        var names = NamesOf(database, measure);
        using var exposures = new Cursor(database.Open(
            "select unit, at, variation, id, attributes from exposures where experiment = ? order by unit").Bind(1, experiment));
        using var events = new Cursor(database.Open(
            $"select unit, name, at, value, delay, properties from events where name in ({string.Join(',', names.Keys)}) order by unit"));
        using var covariates = new Cursor(database.Open(
            $"select c.unit, n.text, c.value from covariates c join names n on n.name = c.name where c.experiment = {experiment.ToString(CultureInfo.InvariantCulture)} order by c.unit"));
        var unit = new ScannedUnit();
        for (var units = 0L; ; units++)
        {
            if (units % UnitsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            var next = Math.Min(exposures.Unit, Math.Min(events.Unit, covariates.Unit));
            if (next == long.MaxValue) return;
            unit.Begin(next);
            if (tellsUsers && exposures.Unit == next) unit.UserId = UserOf(database, next);
            for (; exposures.Unit == next; exposures.Advance())
                unit.Add(new ExposureRow(exposures.Row.Int64(1), exposures.Row.Int32(2), StoredId.Read(exposures.Row, 3) ?? "", exposures.Row.TextOrNull(4)));
            for (; events.Unit == next; events.Advance())
            {
                var at = events.Row.Int64(2);
                unit.Add(new EventRow(names[events.Row.Int32(1)], at, events.Row.Real(3), at + events.Row.Int64(4), events.Row.TextOrNull(5)));
            }

            for (; covariates.Unit == next; covariates.Advance()) unit.Add(new CovariateRow(covariates.Row.Text(1), covariates.Row.Real(2)));
            visitor.Visit(unit);
        }
    }

    private static string? UserOf(EventDatabase database, long unit)
    {
        var row = database.Prepare("select user_id from units where unit = ?").Bind(1, unit);
        var user = row.Step() ? row.TextOrNull(0) : null;
        row.Reset();
        return user;
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
}
