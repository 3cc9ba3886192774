namespace Assay.Analysis.Measurement;

/// <summary>The stored rows of one unit that concern one experiment, in any order.</summary>
public sealed record UnitRows(IReadOnlyList<ExposureRow> Exposures, IReadOnlyList<EventRow> Events, IReadOnlyList<CovariateRow> Covariates)
{
    /// <summary>A unit nothing is known of.</summary>
    public static UnitRows None { get; } = new([], [], []);
}

/// <summary>A recorded exposure.</summary>
/// <param name="At">Corrected time, microseconds.</param>
/// <param name="Variation">Variation index; −1 is the holdout.</param>
/// <param name="Id">The client's id, or ''.</param>
/// <param name="Attributes">Canonical JSON object, or null; only looked at when the experiment has segments.</param>
public readonly record struct ExposureRow(long At, int Variation, string Id, string? Attributes = null);

/// <summary>A recorded event.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="At">Corrected time, microseconds.</param>
/// <param name="Value">The value, finite.</param>
/// <param name="ArrivedAt">Time of arrival, microseconds.</param>
/// <param name="Properties">Canonical JSON object, or null.</param>
public readonly record struct EventRow(string Name, long At, double Value, long ArrivedAt, string? Properties);

/// <summary>A pre-exposure value.</summary>
public readonly record struct CovariateRow(string Covariate, double Value);
