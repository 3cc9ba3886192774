namespace Assay.Sdk;

/// <summary>A unit did what a metric of the experiment counts.</summary>
/// <param name="UserId">The unit, exact and case-sensitive.</param>
/// <param name="Metric">Name of the event that the metric counts.</param>
/// <param name="Value">Value of the event.</param>
/// <param name="IdempotencyKey">
/// Identity within the experiment. Null lets the client make one, so that its own retries are never counted twice; a second call is then a second conversion.
/// </param>
/// <param name="OccurredAt">When; null for the time of arrival.</param>
public sealed record ConversionItem(string UserId, string Metric, double Value = 1, string? IdempotencyKey = null, DateTimeOffset? OccurredAt = null);
