using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Cli.Export;

/// <summary>What every exported unit has.</summary>
/// <param name="Variations">Keys of the variations, by index.</param>
/// <param name="Metrics">Names of the metrics, in the order in which units are measured.</param>
/// <param name="Covariates">Names of the covariates.</param>
/// <param name="AsOf">The moment that decides whose window has closed, microseconds.</param>
internal sealed record ExportShape(ImmutableArray<string> Variations, ImmutableArray<string> Metrics, ImmutableArray<string> Covariates, long AsOf)
{
    public static ExportShape Of(Design design, ExperimentView view, DateTimeOffset asOf) => new(
        [.. design.Setup.Variations.Select(variation => variation.Key)],
        [.. view.Plans.Select(plan => plan.Metric)],
        view.Covariates,
        Microseconds.Of(asOf))
    {
        Segments = [.. view.Segments.Select(segment => segment.Attribute)],
    };

    /// <summary>The attributes that units are sliced by.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>A unit's value of a segment: declared, or what stands for those that are not.</summary>
    public string SegmentOf(UnitMeasurement unit, int segment) => unit.Slices[segment][(Segments[segment].Length + 1)..];

    /// <summary>Whether the value is one of the completed population, and final.</summary>
    public bool IsCompleted(in MetricValue value) => value.MaturesAt <= AsOf;
}
