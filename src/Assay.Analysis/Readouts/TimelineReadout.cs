using System.Text.Json.Serialization;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>The course of one metric: its completed units as of each moment at which some completed, in the words of <c>live-stats</c>, which its last point equals. What arrived late counts at the moment its unit completed.</summary>
public sealed record TimelineReadout
{
    /// <summary>The experiment's key.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Where the experiment stands in its life.</summary>
    public required string Status { get; init; }

    /// <summary>The moment of the last point.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Commit number of the data.</summary>
    public required long Watermark { get; init; }

    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>Its type.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<MetricType>))]
    public required MetricType MetricType { get; init; }

    /// <summary>Its desired direction.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<Direction>))]
    public required Direction Direction { get; init; }

    /// <summary>The method that decides the experiment.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<AnalysisMethod>))]
    public required AnalysisMethod Method { get; init; }

    /// <summary>Recorded looks of the metric, by number.</summary>
    public required IReadOnlyList<LookReadout> Looks { get; init; }

    /// <summary>The earliest first, at most 400 of which the last is now; none before a unit has completed.</summary>
    public required IReadOnlyList<TimelinePoint> Points { get; init; }

    /// <summary>Design + accumulators + looks + now → the course of a metric: a pure function.</summary>
    /// <param name="input">What a readout depends on; of a running or stopped experiment, since a data file has no course.</param>
    /// <param name="metric">A metric of the design.</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> is of a data file, or <paramref name="metric"/> is not of its design.</exception>
    public static TimelineReadout Trace(ReadoutInput input, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(metric);
        if (input.Final) throw new ArgumentException("A data file has no course.", nameof(input));
        if (!input.Design.Metrics.All.Contains(metric)) throw new ArgumentException("The design does not have the metric.", nameof(metric));
        return new TimelineReadout
        {
            ExperimentId = input.ExperimentId,
            Status = input.Status,
            AsOf = input.AsOf,
            Watermark = input.Measured.Watermark,
            Metric = metric.Name,
            MetricType = metric.Type,
            Direction = metric.Direction,
            Method = input.Method,
            Looks = [.. input.Looks.Where(look => string.Equals(look.Metric, metric.Name, StringComparison.Ordinal))],
            Points = Timeline.Trace(input, metric),
        };
    }
}

/// <summary>The units that had completed by a moment.</summary>
public sealed record TimelinePoint
{
    /// <summary>The moment: a midnight in UTC, a full hour within the days that are not two days over, and at last now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Every arm, completed units only.</summary>
    public required IReadOnlyList<ArmReadout> CompletedArms { get; init; }

    /// <summary>Each treatment against the control.</summary>
    public required IReadOnlyList<TimelineComparison> Comparisons { get; init; }
}

/// <summary>One treatment against the control on the units that had completed by a moment.</summary>
public sealed record TimelineComparison
{
    /// <summary>Index of the treatment.</summary>
    public required int TreatmentIndex { get; init; }

    /// <summary>Treatment mean minus control mean.</summary>
    public required double? Effect { get; init; }

    /// <summary>The effect over the absolute control mean; null when that is 0.</summary>
    public required double? EffectRelative { get; init; }

    /// <summary>The confidence sequence at the uncorrected α.</summary>
    public required AlwaysValidReadout AlwaysValid { get; init; }

    /// <summary>The decision as it stood, corrected as it was then; null where the metric is decided by another method than <c>always_valid</c>, which has no course but moments of its own.</summary>
    public required DecisionReadout? Decision { get; init; }
}
