namespace Assay.Sdk;

/// <summary>What was known of a unit before the experiment, for variance reduction.</summary>
/// <param name="UserId">The unit, exact and case-sensitive.</param>
/// <param name="Covariate">Name of the covariate.</param>
/// <param name="Value">Its value; the first one sent is kept.</param>
public sealed record PrePeriodItem(string UserId, string Covariate, double Value);
