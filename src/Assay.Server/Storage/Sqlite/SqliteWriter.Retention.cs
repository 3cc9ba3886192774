using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>What the writer does to rows that nobody needs.</summary>
internal sealed partial class SqliteWriter
{
    private readonly RetentionRows _retention;
    private RetentionSweep? _sweep;

    /// <summary>How far the horizon can be moved.</summary>
    public RetentionPlan Plan(long before, long now) => RetentionWork.Plan(_published, _rows.Horizon, before, now);

    /// <summary>Moves the horizon and seals experiments in one transaction: no row is touched.</summary>
    public (RetentionPlan Plan, long Watermark) Retain(long before, string actor, long now)
    {
        var plan = Plan(before, now);
        if (!plan.Moves) return (plan, _published.Watermark);
        var sealing = RetentionWork.Sealing(plan, _published);
        var watermark = _published.Watermark + 1;
        Write(() =>
        {
            foreach (var state in sealing) _views.Seal(state.Id, now);
            _retention.Save(watermark, plan.Horizon, _rows.LastUnit, now);
            _exclusions.Audit(RetentionWork.Audit(plan, actor, watermark, now));
            Number(watermark, now);
            return watermark;
        });
        _batches++;
        _rows.Horizon = plan.Horizon;
        Begin(null);
        _published = _published.With(watermark, [.. sealing.Select(state => state with { SealedAt = now, Revision = state.Revision + 1 })]);
        return (plan, watermark);
    }

    /// <summary>Removes a part of what has gone, in one transaction.</summary>
    public SweptPart Sweep(long now)
    {
        if (_sweep is null && _retention.Unswept() is { } watermark) Begin(new RetentionSweep(_database, watermark));
        if (_sweep is not { } sweep) return new SweptPart(RowCounts.None, 0, IsDone: true);
        var (before, units) = (sweep.Removed, sweep.Units);
        try
        {
            Write(() =>
            {
                _rows.Sweep(sweep);
                if (sweep.Units != units) _retention.SaveLastUnit(sweep.Watermark, _rows.LastUnit);
                if (!sweep.IsDone) return false;
                _retention.SaveSwept(sweep.Watermark, now);
                _exclusions.Audit([RetentionWork.Audit(sweep.Removed, sweep.Units, sweep.Watermark, now)]);
                return true;
            });
        }
        catch
        {
            // What it has seen may not be what is stored.
            Begin(null);
            throw;
        }

        if (sweep.IsDone)
        {
            Begin(null);
            _isJournalKept = !Journal.TryEmpty(_database);
        }

        return new SweptPart(sweep.Removed.Minus(before), sweep.Units - units, sweep.IsDone);
    }

    private void Begin(RetentionSweep? sweep)
    {
        _sweep = sweep;
        _rows.TellRows(sweep);
    }
}
