using System.Data;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Rows that nobody needs may go.</summary>
internal sealed partial class PostgresEventStore
{
    private RetentionSweep? _sweep;

    public async Task<RetentionPlan> PlanAsync(long before, DateTimeOffset now, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        return RetentionWork.Plan(_published.Index, await StateReader.HorizonAsync(connection, cancellation), before, Microseconds.Of(now));
    }

    public async Task<(RetentionPlan Plan, long Watermark)> RetainAsync(long before, string actor, DateTimeOffset now, CancellationToken cancellation)
    {
        var (plan, watermark) = await WriteAsync(session => RetentionRun.RunAsync(session, _published.Picture, before, actor, Microseconds.Of(now), cancellation), cancellation);
        if (watermark is not null) _sweep = null;
        await CatchUpAsync(cancellation);
        return (plan, watermark ?? Watermark);
    }

    public async Task<SweptPart> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(session => SweepAsync(session, Microseconds.Of(now), cancellation), cancellation);
        }
        catch
        {
            // What it has counted may not have happened.
            _sweep = null;
            throw;
        }
    }

    public async Task<RowCounts> PreviewAsync(RetentionPlan plan, CancellationToken cancellation)
    {
        await using var connection = await engine.Postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var horizon = await StateReader.HorizonAsync(connection, cancellation);
        const string OfSealed = "where experiment in (select experiment from experiment_views where key = any($1) and sealed_at is null)";
        await using var batch = connection.Batch(
            Sql($"select count(*) from exposures {OfSealed}", With(plan.Sealed.ToArray())),
            Sql("select count(*) from events where at >= $1 and at < $2", With(horizon), With(plan.Horizon)),
            Sql($"select count(*) from covariates {OfSealed}", With(plan.Sealed.ToArray())));
        batch.Timeout = 0;
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var counts = new long[3];
        for (var i = 0; i < counts.Length; i++)
        {
            await row.ReadAsync(cancellation);
            counts[i] = row.GetInt64(0);
            await row.NextResultAsync(cancellation);
        }

        return new RowCounts(counts[0], counts[1], counts[2]);
    }

    private async Task<SweptPart> SweepAsync(WriterSession session, long now, CancellationToken cancellation)
    {
        if ((_sweep ??= await RetentionSweep.BeginAsync(session.Connection, cancellation)) is not { } sweep) return new SweptPart(RowCounts.None, 0, IsDone: true);
        var (rows, units) = (sweep.Removed, sweep.Units);
        await sweep.StepAsync(session.Connection, now, cancellation);
        if (sweep.IsDone) _sweep = null;
        return new SweptPart(sweep.Removed.Minus(rows), sweep.Units - units, sweep.IsDone);
    }
}
