using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Experiments;

/// <summary>The metrics of a design; the primary's own fields stand flat beside the lists.</summary>
internal sealed record MetricsDocument
{
    public required string PrimaryMetricName { get; init; }

    /// <summary>The event's name; the metric's own unless given.</summary>
    public string? Event { get; init; }

    public required MetricType MetricType { get; init; }

    /// <summary>The desired direction; increase unless given.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? ValueProperty { get; init; }

    /// <summary>Not supported yet.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Window after first exposure; <c>attribution_window_hours</c> unless given.</summary>
    public double? WindowHours { get; init; }

    /// <summary>Not supported yet.</summary>
    public double? Cap { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? Numerator { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? Denominator { get; init; }

    /// <summary>Expected mean under control.</summary>
    public required double BaselineValue { get; init; }

    /// <summary>Expected standard deviation of a unit's value; required for continuous metrics.</summary>
    public double? StdDev { get; init; }

    /// <summary>Only guardrails have a margin.</summary>
    public double? NonInferiorityMarginPct { get; init; }

    /// <summary>Smallest relative effect that the test is sized for, percent of the baseline.</summary>
    public required double MdePct { get; init; }

    /// <summary>Smallest relative effect worth shipping, percent; 0 unless given.</summary>
    public double? MinimumEffectPct { get; init; }

    /// <summary>Two-sided error rate of the primary family, in (0, 0.5); 0.05 unless given.</summary>
    public double? Alpha { get; init; }

    /// <summary>Power at the MDE; 0.8 unless given.</summary>
    public double? Power { get; init; }

    /// <summary>0.25 to 2160; 72 unless given.</summary>
    public double? AttributionWindowHours { get; init; }

    /// <summary>Further primaries, corrected together with the first.</summary>
    public IReadOnlyList<MetricDocument>? MorePrimaries { get; init; }

    /// <summary>Metrics that inform and never decide.</summary>
    public IReadOnlyList<MetricDocument>? Secondary { get; init; }

    /// <summary>Metrics that must not get worse by more than their margin.</summary>
    public IReadOnlyList<MetricDocument>? Guardrails { get; init; }

    /// <summary>Pre-exposure values that explain variance.</summary>
    public IReadOnlyList<CovariateDocument>? Covariates { get; init; }
}

/// <summary>A metric: which events of a unit count, how they make one value, and which direction is desired.</summary>
internal sealed record MetricDocument
{
    public required string Name { get; init; }

    /// <summary>The event's name; the metric's own unless given.</summary>
    public string? Event { get; init; }

    public required MetricType MetricType { get; init; }

    /// <summary>The desired direction; increase unless given.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? ValueProperty { get; init; }

    /// <summary>Not supported yet.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Window after first exposure; <c>attribution_window_hours</c> unless given.</summary>
    public double? WindowHours { get; init; }

    /// <summary>Not supported yet.</summary>
    public double? Cap { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? Numerator { get; init; }

    /// <summary>Not supported yet.</summary>
    public string? Denominator { get; init; }

    /// <summary>Expected mean under control.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>Expected standard deviation of a unit's value.</summary>
    public double? StdDev { get; init; }

    /// <summary>Margin of a guardrail, percent of the control mean.</summary>
    public double? NonInferiorityMarginPct { get; init; }
}

/// <summary>A pre-exposure value of a unit.</summary>
internal sealed record CovariateDocument
{
    public required string Name { get; init; }

    /// <summary><c>pre_period</c> unless given.</summary>
    public CovariateSource? Source { get; init; }
}
