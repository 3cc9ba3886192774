using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Measurement;

/// <summary>An experiment as a view on the one stream of events: all that a store needs to measure units for it. Frozen at start.</summary>
/// <param name="Key">The experiment's key.</param>
/// <param name="Epoch">The epoch that newly exposed units belong to.</param>
/// <param name="StartedAt">Start, microseconds since the Unix epoch.</param>
/// <param name="Arms">Number of variations.</param>
/// <param name="Plans">One plan a metric.</param>
/// <param name="Covariates">Names of the covariates, in the order of their columns.</param>
public sealed record ExperimentView(
    string Key, int Epoch, long StartedAt, int Arms, ImmutableArray<MetricPlan> Plans, ImmutableArray<string> Covariates)
{
    /// <summary>End of the last window once stopped (exclusive), microseconds; null while running.</summary>
    public long? ClosesAt { get; init; }

    /// <summary>Only units that nobody exposed before count, microseconds: an amendment begins anew with units that have not seen the experiment. Null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UnitsFrom { get; init; }

    /// <summary>What units are sliced by; empty for none.</summary>
    public ImmutableArray<SegmentPlan> Segments { get; init; } = [];
}
