using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>
/// Rows that no open experiment needs may go. One commit moves the horizon: from then on nothing sees a row that lies before it, whether it is still there or not.
/// What is there is then removed a part at a time, with commits between the parts; interrupted, it is begun again.
/// </summary>
internal interface IRowRetention
{
    /// <summary>How far the horizon can be moved now, and what would follow.</summary>
    /// <param name="before">How far it should be, microseconds.</param>
    Task<RetentionPlan> PlanAsync(long before, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Moves the horizon as far as it can be and seals the experiments before it, in one commit, with the audit of it; nothing is committed where it does not move.</summary>
    /// <returns>What was planned, and the commit's number, or the last one's.</returns>
    Task<(RetentionPlan Plan, long Watermark)> RetainAsync(long before, string actor, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Removes a part of what has gone. To be called between commits until it is done.</summary>
    Task<SweptPart> SweepAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Counts the rows that a plan would take.</summary>
    Task<RowCounts> PreviewAsync(RetentionPlan plan, CancellationToken cancellation);
}

/// <summary>How far the horizon can be moved.</summary>
/// <param name="Horizon">Events before this time go, microseconds; <see cref="Nowhere"/> where everything is kept.</param>
/// <param name="Moves">Whether it was further back before.</param>
/// <param name="HeldBy">Key of the experiment that keeps it from being where it should be; null where none does.</param>
/// <param name="Sealed">Keys of the experiments that lie before it, and have not been sealed: their exposures and covariates go.</param>
internal sealed record RetentionPlan(long Horizon, bool Moves, string? HeldBy, ImmutableArray<string> Sealed)
{
    /// <summary>The horizon of an installation that keeps everything.</summary>
    public const long Nowhere = long.MinValue;
}

/// <summary>Rows by kind.</summary>
internal sealed record RowCounts(long Exposures, long Events, long Covariates)
{
    public static RowCounts None { get; } = new(0, 0, 0);

    public RowCounts Plus(RowCounts other) => new(Exposures + other.Exposures, Events + other.Events, Covariates + other.Covariates);

    public RowCounts Minus(RowCounts other) => new(Exposures - other.Exposures, Events - other.Events, Covariates - other.Covariates);
}

/// <param name="Rows">Rows removed.</param>
/// <param name="Units">Units that had nothing left, removed with their user ids.</param>
/// <param name="IsDone">Whether nothing is left to remove.</param>
internal sealed record SweptPart(RowCounts Rows, long Units, bool IsDone);
