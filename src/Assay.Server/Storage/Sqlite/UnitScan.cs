using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Goes through every unit of an experiment, in one pass over all runs.</summary>
internal static class UnitScan
{
    /// <summary>How far a scan goes on that nobody waits for any more.</summary>
    private const int EntriesBetweenLooks = 16_384;

    /// <summary>Measures every unit anew.</summary>
    /// <param name="asOf">The commit that it is measured as of; null for the last.</param>
    public static FullMeasure Run(EventDatabase database, int experiment, UnitMeasure measure, long compactedThrough, long? asOf = null, CancellationToken cancellation = default)
    {
        var measured = new FullMeasure(measure, compactedThrough);
        Visit(database, experiment, measure, measured, tellsUsers: false, asOf, cancellation);
        return measured;
    }

    /// <summary>Shows every unit that is nobody else too, in the order of their numbers, and then every person of several.</summary>
    public static void Visit(EventDatabase database, int experiment, UnitMeasure measure, IUnitVisitor visitor, bool tellsUsers, long? asOf, CancellationToken cancellation)
    {
        var past = asOf is { } commit ? new PastBatches(database, commit) : null;
        var names = NamesOf(database);
        var used = measure.Names.ToHashSet(StringComparer.Ordinal);
        var events = names.Where(name => used.Contains(name.Value)).Select(name => name.Key).ToHashSet();
        var links = new LinkRows(database).Load(asOf);
        var excluded = new ExclusionRows(database).Among(experiment, asOf).Select(links.PersonOf).ToHashSet();
        var persons = new PersonScan(database, links);
        using var scan = new RunScan(database, RunKind.Rows);
        var unit = new ScannedUnit();
        var looks = 0L;
        while (scan.Key is { } number)
        {
            unit.Begin(number);
            var (isConcerned, bytes) = (false, 0L);
            for (; scan.Key == number; scan.Advance())
            {
                if (looks++ % EntriesBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
                bytes += scan.Content.Length;
                for (var place = 0; place < scan.Content.Length;) isConcerned |= Add(unit, RowPacking.Read(scan.Content, ref place));
            }

            if (!isConcerned) continue;
            if (links.Holds(number)) persons.Note(number, bytes);
            else Show(number);
        }

        persons.Visit(
            (person, units) =>
            {
                unit.Begin(person);
                foreach (var (member, rows) in units)
                {
                    unit.Member = member == person ? null : UnitDirectory.UserOf(database, member);
                    for (var place = 0; place < rows.Length;) Add(unit, RowPacking.Read(rows, ref place));
                }

                Show(person);
            },
            cancellation);

        void Show(long number)
        {
            if (tellsUsers && !unit.Exposures.IsEmpty) unit.UserId = UnitDirectory.UserOf(database, number);
            unit.IsExcluded = excluded.Contains(number);
            visitor.Visit(unit);
        }

        bool Add(ScannedUnit unit, in PackedRow row)
        {
            if (past?.Hold(row.Batch) == false) return false;
            if (row.Kind == RowKind.Event ? !events.Contains(row.Name) : row.Experiment != experiment) return false;
            if (row.Kind == RowKind.Exposure) unit.Add(new ExposureRow(row.At, row.Variation, row.Id ?? "", row.Json));
            else if (row.Kind == RowKind.Event) unit.Add(new EventRow(names[row.Name], row.At, row.Value, row.ArrivedAt, row.Json));
            else unit.Add(new CovariateRow(names.GetValueOrDefault(row.Name) ?? throw new DamagedStorageException($"The name {row.Name} is not there."), row.Value));
            return true;
        }
    }

    /// <summary>Names by number, as a reader's transaction sees them.</summary>
    public static Dictionary<int, string> NamesOf(EventDatabase database)
    {
        var names = new Dictionary<int, string>();
        var row = database.Prepare("select name, text from names");
        while (row.Step()) names.Add(row.Int32(0), row.Text(1));
        row.Reset();
        return names;
    }
}
