using System.Text.Json.Serialization;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Verdicts;

namespace Assay.Analysis.Readouts;

/// <summary>Everything that is known of an experiment at one commit and one moment: the body of <c>live-stats</c>. A number that cannot be computed is null, and a status says why.</summary>
public sealed record Readout
{
    /// <summary>The experiment's key; the file's name for a data file.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Where the experiment stands in its life.</summary>
    public required string Status { get; init; }

    /// <summary>Iteration: a run of epochs under one plan, with its own error rate.</summary>
    public required int Iteration { get; init; }

    /// <summary>Allocation epoch of newly exposed units.</summary>
    public required int Epoch { get; init; }

    /// <summary>The moment that maturity was judged at.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Commit number of the data: every receipt with a watermark up to it is included. Null for a data file.</summary>
    public required long? Watermark { get; init; }

    /// <summary>Latest time of an exposure or a known event.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When the first exposed unit's window of the primary metric closes, or closed: the full hour, and once that UTC day is over its closing midnight. Null before the first exposure.</summary>
    public required DateTimeOffset? FirstMaturityAt { get; init; }

    /// <summary>Type of the primary metric.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<MetricType>))]
    public required MetricType MetricType { get; init; }

    /// <summary>Name of the primary metric.</summary>
    public required string PrimaryMetricName { get; init; }

    /// <summary>Desired direction of the primary metric.</summary>
    [JsonConverter(typeof(SnakeCaseEnum<Direction>))]
    public required Direction Direction { get; init; }

    /// <summary>Units exposed to an arm.</summary>
    public required long ExposuresTotal { get; init; }

    /// <summary>Converted units for a binary primary metric, events in the window otherwise.</summary>
    public required long ConversionsTotal { get; init; }

    /// <summary>What may be acted on, in a sentence or two.</summary>
    public required string Disclaimer { get; init; }

    /// <summary>Whether units arrive in the proportions of the split.</summary>
    public required SampleRatioReadout Srm { get; init; }

    /// <summary>The primary metric: each treatment against the control, and with <c>pairs=all</c> the other pairs.</summary>
    public required IReadOnlyList<ComparisonReadout> Comparisons { get; init; }

    /// <summary>Progress to plan and recorded looks of the primary metric.</summary>
    public required SequentialReadout Sequential { get; init; }

    /// <summary>The primary metric with variance explained by covariates taken out.</summary>
    public required CupedReadout Cuped { get; init; }

    /// <summary>Further primary metrics.</summary>
    public required IReadOnlyList<MetricReadout> Primaries { get; init; }

    /// <summary>Metrics that inform and never decide.</summary>
    public required IReadOnlyList<MetricReadout> Secondary { get; init; }

    /// <summary>Metrics that must not get worse by more than their margin.</summary>
    public required GuardrailsReadout Guardrails { get; init; }

    /// <summary>Stored events of the experiment by when they came.</summary>
    public required EventTimingReadout EventTiming { get; init; }

    /// <summary>Units of the primary metric.</summary>
    public required PopulationReadout Population { get; init; }

    /// <summary>The primary metric by the attributes that the design declares, described and not tested.</summary>
    public required SegmentsReadout Segments { get; init; }

    /// <summary>Whether the data can be trusted, check by check.</summary>
    public required HealthReadout Health { get; init; }

    /// <summary>What to do, by the policy of the design.</summary>
    public required VerdictReadout Verdict { get; init; }

    /// <summary>What one should also know, by primary and treatment; empty for a data file.</summary>
    public required IReadOnlyList<AlsoReadout> Also { get; init; }

    /// <summary>Design + accumulators + looks + now → readout: a pure function, with no clock, no storage and no memory.</summary>
    public static Readout Analyse(ReadoutInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ReadoutAssembly.Assemble(input);
    }
}
