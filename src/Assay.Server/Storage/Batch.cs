using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>One accepted request's good items, validated and with corrected times, on their way to a commit.</summary>
/// <param name="Experiment">The experiment whose route took it; null for <c>/events</c>.</param>
/// <param name="ArrivedAt">Arrival, microseconds.</param>
internal sealed record Batch(string? Experiment, long ArrivedAt)
{
    public ImmutableArray<ExposureItem> Exposures { get; init; } = [];

    public ImmutableArray<EventItem> Events { get; init; } = [];

    public ImmutableArray<CovariateItem> Covariates { get; init; } = [];

    /// <summary>Items refused before the commit, by variation index where it was readable (null otherwise): counted, never stored.</summary>
    public ImmutableArray<RefusedCount> Refused { get; init; } = [];

    public int Count => Exposures.Length + Events.Length + Covariates.Length;
}

/// <param name="Index">Place in the request.</param>
/// <param name="At">Corrected time, microseconds.</param>
/// <param name="ClientAt">The client's own time, uncorrected; null when it sent none.</param>
/// <param name="Attributes">Canonical JSON object, or null.</param>
internal sealed record ExposureItem(int Index, string UserId, int Variation, long At, long? ClientAt, string? Id, string? Attributes, string? Source);

/// <param name="Scope">Namespace of <paramref name="Id"/>: null is the installation's (<c>/events</c>), otherwise the experiment's key.</param>
/// <param name="Properties">Canonical JSON object, or null.</param>
internal sealed record EventItem(int Index, string UserId, string Name, double Value, long At, long? ClientAt, string? Id, string? Scope, string? Properties);

internal sealed record CovariateItem(int Index, string UserId, string Covariate, double Value);

internal sealed record RefusedCount(int? Variation, int Count);

/// <summary>What became of an item that passed validation.</summary>
internal enum ItemFate
{
    Recorded,
    Duplicate,
    Conflict,
}

/// <summary>What became of a batch, once committed.</summary>
/// <param name="Fates">By place: exposures, then events, then covariates, in the batch's order.</param>
internal sealed record BatchOutcome(ImmutableArray<ItemFate> Fates, long Watermark);
