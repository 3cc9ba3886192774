namespace Assay.Sdk;

/// <summary>What the server did with a delivery. It is given only after everything recorded is committed.</summary>
/// <param name="Received">Number of items received: Recorded + Deduplicated + number of Rejected.</param>
/// <param name="Recorded">Number of items stored by this delivery.</param>
/// <param name="Deduplicated">Number of items that were stored already.</param>
/// <param name="Rejected">The items refused, each with its reason.</param>
/// <param name="Warnings">What the sender should know about accepted items.</param>
/// <param name="Watermark">Commit number: a readout with this watermark or a later one holds every recorded item.</param>
public sealed record Receipt(
    int Received, int Recorded, int Deduplicated, IReadOnlyList<Rejection> Rejected, IReadOnlyList<Warning> Warnings, long Watermark)
{
    /// <summary>The receipt of nothing.</summary>
    public static Receipt Empty { get; } = new(0, 0, 0, [], [], 0);

    /// <summary>The receipt of this delivery and the next one as if they had been one: indices of the next follow on, warnings of a kind are added.</summary>
    public Receipt Then(Receipt next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new Receipt(
            Received + next.Received,
            Recorded + next.Recorded,
            Deduplicated + next.Deduplicated,
            [.. Rejected, .. next.Rejected.Select(rejection => rejection with { Index = rejection.Index + Received })],
            [.. Warnings.Concat(next.Warnings).GroupBy(static warning => warning.Code, static warning => warning.Count, StringComparer.Ordinal)
                .Select(static kind => new Warning(kind.Key, kind.Sum()))],
            Math.Max(Watermark, next.Watermark));
    }
}

/// <summary>One refused item.</summary>
/// <param name="Index">Position of the item in the list that was sent.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Detail">Why, for people.</param>
public sealed record Rejection(int Index, string Code, string? Detail = null);

/// <summary>A remark on accepted items.</summary>
/// <param name="Code">What, for programs.</param>
/// <param name="Count">Number of items concerned.</param>
public sealed record Warning(string Code, int Count);
