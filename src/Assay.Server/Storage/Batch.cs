using System.Collections.Immutable;
using Assay.Server.Storage.Commits;

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

    /// <summary>Roughly the bytes that the batch takes in memory.</summary>
    public long Bytes => Exposures.Sum(item => item.Bytes) + Events.Sum(item => item.Bytes) + Covariates.Sum(item => item.Bytes);
}

/// <param name="Index">Place in the request.</param>
/// <param name="At">Corrected time, microseconds.</param>
/// <param name="ClientAt">The client's own time, uncorrected; null when it sent none.</param>
/// <param name="Attributes">Canonical JSON object, or null.</param>
internal sealed record ExposureItem(int Index, string UserId, int Variation, long At, long? ClientAt, string? Id, string? Attributes, string? Source)
{
    public string UserId { get; init => (field, User) = (value, Fingerprint.Of(value)); } = UserId;

    /// <summary>What the user id is found by: made with the item, since whoever receives it has more time than the one who commits.</summary>
    public UInt128 User { get; private init; } = Fingerprint.Of(UserId);

    public long Bytes => ItemSize.Of(UserId, Id, Attributes, Source);
}

/// <param name="Scope">Namespace of <paramref name="Id"/>: null is the installation's (<c>/events</c>), otherwise the experiment's key.</param>
/// <param name="Properties">Canonical JSON object, or null.</param>
internal sealed record EventItem(int Index, string UserId, string Name, double Value, long At, long? ClientAt, string? Id, string? Scope, string? Properties)
{
    public string UserId { get; init => (field, User) = (value, Fingerprint.Of(value)); } = UserId;

    /// <summary>What the user id is found by: made with the item, since whoever receives it has more time than the one who commits.</summary>
    public UInt128 User { get; private init; } = Fingerprint.Of(UserId);

    public string? Id { get; init => (field, Stored) = (value, KeyedId.Of(value)); } = Id;

    /// <summary>The id as it is stored, made here for the same reason.</summary>
    public KeyedId? Stored { get; private init; } = KeyedId.Of(Id);

    public long Bytes => ItemSize.Of(UserId, Name, Id, Properties);
}

internal sealed record CovariateItem(int Index, string UserId, string Covariate, double Value)
{
    public long Bytes => ItemSize.Of(UserId, Covariate);
}

internal static class ItemSize
{
    /// <summary>Numbers and the headers of object and texts.</summary>
    private const int Overhead = 160;

    public static long Of(string userId, string? a = null, string? b = null, string? c = null) =>
        Overhead + (sizeof(char) * ((long)userId.Length + (a?.Length ?? 0) + (b?.Length ?? 0) + (c?.Length ?? 0)));
}

internal sealed record RefusedCount(int? Variation, int Count);

/// <summary>What became of an item that passed validation.</summary>
internal enum ItemFate
{
    Recorded,
    Duplicate,
    Conflict,

    /// <summary>It is of a time whose rows have gone: whether it had come before cannot be told.</summary>
    BeforeRetention,
}

/// <summary>What became of a batch, once committed.</summary>
/// <param name="Fates">By place: exposures, then events, then covariates, in the batch's order.</param>
internal sealed record BatchOutcome(ImmutableArray<ItemFate> Fates, long Watermark);
