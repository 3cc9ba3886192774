using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Rows that nobody needs may go.</summary>
internal sealed partial class SqliteEventStore
{
    private const int EntriesBetweenLooks = 16_384;

    public Task<RetentionPlan> PlanAsync(long before, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Plan(before, Microseconds.Of(now)), cancellation);

    public Task<(RetentionPlan Plan, long Watermark)> RetainAsync(long before, string actor, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Retain(before, actor, Microseconds.Of(now)), cancellation);

    public Task<SweptPart> SweepAsync(DateTimeOffset now, CancellationToken cancellation) => WriteAsync(writer => writer.Sweep(Microseconds.Of(now)), cancellation);

    /// <summary>Beside the commits: every row is looked at.</summary>
    public Task<RowCounts> PreviewAsync(RetentionPlan plan, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() => Count(database, plan, cancellation));
        },
        cancellation);

    private static RowCounts Count(EventDatabase database, RetentionPlan plan, CancellationToken cancellation)
    {
        var views = new ViewRows(database);
        var before = GoneRows.Of(database);
        var after = new GoneRows(plan.Horizon, plan.Sealed.Select(key => views.Find(key)?.Id).OfType<int>().Concat(before.Sealed).ToHashSet());
        var (counts, looks) = (new long[3], 0L);
        using var scan = new RunScan(database, RunKind.Rows);
        for (; scan.Key is not null; scan.Advance())
        {
            if (looks++ % EntriesBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            for (var place = 0; place < scan.Content.Length;)
                if (RowPacking.Read(scan.Content, ref place) is var row && after.Holds(row) && !before.Holds(row)) counts[(int)row.Kind]++;
        }

        return new RowCounts(counts[(int)RowKind.Exposure], counts[(int)RowKind.Event], counts[(int)RowKind.Covariate]);
    }
}
