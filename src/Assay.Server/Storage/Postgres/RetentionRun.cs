using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Moves the horizon in its transaction, while no other process commits. No row is touched: a commit that comes after reads the horizon first, and refuses what lies before it.</summary>
internal static class RetentionRun
{
    /// <returns>What was planned, and the commit's number; null where nothing moves.</returns>
    public static async Task<(RetentionPlan Plan, long? Watermark)> RunAsync(WriterSession session, Picture published, long before, string actor, long now, CancellationToken cancellation)
    {
        var connection = session.Connection;
        await connection.RunAsync(Sql("select pg_advisory_xact_lock($1, $2)", With(AdvisoryLocks.Assay), With(AdvisoryLocks.Views)), cancellation);
        var index = published.Index.With(published.Index.Watermark, await StateReader.ChangedAsync(connection, published.Index, among: null, cancellation));
        var plan = RetentionWork.Plan(index, await StateReader.HorizonAsync(connection, cancellation), before, now);
        if (!plan.Moves) return (plan, null);
        var (last, _) = await StateReader.InstallationAsync(connection, cancellation);
        var watermark = last + 1;
        await using var batch = connection.Batch(
            Sql("update installation set watermark = $1, views = views + 1", With(watermark)),
            Sql("insert into commits (batch, watermark, committed_at) values (nextval('batches'), $1, $2)", With(watermark), With(now)),
            Sql("update experiment_views set sealed_at = $2, revision = revision + 1 where key = any($1)", With(plan.Sealed.ToArray()), With(now)),
            Sql(
                "insert into retention (watermark, horizon, last_unit, at) values ($1, $2, (select coalesce(max(unit), 0) from units), $3)",
                With(watermark), With(plan.Horizon), With(now)),
            Sql("select pg_notify('assay_commit', '')"));
        await batch.ExecuteNonQueryAsync(cancellation);
        await AuditTrail.AppendAsync(connection, transaction: null, RetentionWork.Audit(plan, actor, watermark, now), cancellation);
        return (plan, watermark);
    }
}
