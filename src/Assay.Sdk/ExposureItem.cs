namespace Assay.Sdk;

/// <summary>A unit saw a variation.</summary>
/// <param name="UserId">The unit, exact and case-sensitive.</param>
/// <param name="VariationIndex">Index of the variation; −1 for the holdout; null when <paramref name="VariationKey"/> names it.</param>
/// <param name="OccurredAt">When; null for the time of arrival.</param>
/// <param name="Id">Identity of this exposure; null lets the server compare unit, variation and time.</param>
/// <param name="VariationKey">Key of the variation, instead of its index.</param>
/// <param name="Attributes">Attributes of the unit, for segments.</param>
/// <param name="Source">Where the exposure comes from.</param>
public sealed record ExposureItem(
    string UserId,
    int? VariationIndex,
    DateTimeOffset? OccurredAt = null,
    string? Id = null,
    string? VariationKey = null,
    IReadOnlyDictionary<string, string>? Attributes = null,
    string? Source = null);
