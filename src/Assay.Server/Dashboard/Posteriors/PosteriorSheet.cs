using System.Collections.Immutable;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Server.Dashboard.Posteriors;

/// <summary>What the posterior of one treatment on one primary says. Public because components are; what is inside stays in the server.</summary>
public sealed record PosteriorSheet
{
    private PosteriorSheet(EffectRow row, Outcome<RelativePosterior> posterior) => (Row, Posterior) = (row, posterior.TryGet(out var known) ? known : null);

    internal EffectRow Row { get; }

    /// <summary>Null where there is no curve: without units, without variance, or with a control mean that may be 0.</summary>
    internal RelativePosterior? Posterior { get; }

    internal BayesianReadout Block => Row.Comparison.Bayesian;

    internal int Treatment => Row.Comparison.TreatmentIndex;

    /// <summary>Treatments against the control on a metric; empty for a draft.</summary>
    internal static ImmutableArray<PosteriorSheet> Of(ExperimentSheet sheet, string metric) =>
    [
        .. EffectRow.Of(sheet)
            .Where(row => row.Comparison.ControlIndex == 0 && string.Equals(row.Metric, metric, StringComparison.Ordinal))
            .Select(row => new PosteriorSheet(row, RelativePosterior.Of(row.Type, row.Comparison.Control, row.Comparison.Treatment, sheet.Design.Metrics.Alpha))),
    ];
}
