using Assay.Server.Storage;

namespace Assay.Server.Retention;

/// <summary>Moves the horizon and removes what lies before it, one caller at a time; commits go on between the parts.</summary>
internal sealed class RowKeeping(IRowRetention rows, CommitQueue queue, TimeProvider clock) : IDisposable
{
    private readonly OneAtATime _turns = new();

    /// <param name="before">Where the horizon should be, microseconds.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellation">Ends the removing, which is gone on with the next time; the horizon stays.</param>
    public async Task<Retained> RetainAsync(long before, string actor, CancellationToken cancellation)
    {
        await using var turn = await _turns.TakeAsync(cancellation);
        var (plan, watermark) = await queue.AloneAsync(now => rows.RetainAsync(before, actor, now, CancellationToken.None), cancellation);
        var (counts, units) = await SweepAsync(cancellation);
        return Of(plan, counts, units, watermark, isDryRun: false);
    }

    /// <summary>What would go.</summary>
    public async Task<Retained> PreviewAsync(long before, long watermark, CancellationToken cancellation)
    {
        var plan = await rows.PlanAsync(before, clock.GetUtcNow(), cancellation);
        return Of(plan, plan.Moves ? await rows.PreviewAsync(plan, cancellation) : RowCounts.None, units: null, watermark, isDryRun: true);
    }

    /// <summary>Removes what has gone and is still there, after an interruption.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await using var turn = await _turns.TakeAsync(cancellation);
        await SweepAsync(cancellation);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<(RowCounts Rows, long Units)> SweepAsync(CancellationToken cancellation)
    {
        var (counts, units) = (RowCounts.None, 0L);
        while (true)
        {
            var part = await queue.AloneAsync(now => rows.SweepAsync(now, CancellationToken.None), cancellation);
            (counts, units) = (counts.Plus(part.Rows), units + part.Units);
            if (part.IsDone) return (counts, units);
        }
    }

    private static Retained Of(RetentionPlan plan, RowCounts rows, long? units, long watermark, bool isDryRun) => new(
        plan.Horizon == RetentionPlan.Nowhere ? null : Microseconds.ToTime(plan.Horizon), plan.HeldBy, rows, units, plan.Sealed, isDryRun, watermark);
}
