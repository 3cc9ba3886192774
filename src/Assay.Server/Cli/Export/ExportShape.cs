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
        Microseconds.Of(asOf));

    /// <summary>Whether the value is one of the completed population, and final.</summary>
    public bool IsCompleted(in MetricValue value) => value.MaturesAt <= AsOf;
}
