using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Dashboard.Charts;
using Assay.Server.Metrics;

namespace Assay.Server.Dashboard;

/// <summary>One treatment on one metric, as the forest plot shows it. The smallest effect worth shipping is asked of primaries: only they are shipped for.</summary>
internal sealed record EffectRow(string Metric, MetricRole Role, MetricType Type, Direction Direction, string Control, string Treatment, ComparisonReadout Comparison, double MinimumEffectPct)
{
    /// <summary>Every metric in the order of the design: primaries, secondary, guardrails.</summary>
    public static ImmutableArray<EffectRow> Of(ExperimentSheet sheet)
    {
        if (sheet.Readout is not { } readout)
        {
            return [];
        }

        IEnumerable<EffectRow> Rows(string metric, MetricRole role, MetricType type, Direction direction, IEnumerable<ComparisonReadout> comparisons) =>
            comparisons.Select(comparison => new EffectRow(
                metric, role, type, direction, sheet.VariationKey(comparison.ControlIndex), sheet.VariationKey(comparison.TreatmentIndex), comparison,
                role == MetricRole.Primary ? sheet.Design.Metrics.MinimumEffectPct : 0));

        return
        [
            .. Rows(readout.PrimaryMetricName, MetricRole.Primary, readout.MetricType, readout.Direction, readout.Comparisons),
            .. readout.Primaries.SelectMany(metric => Rows(metric.Name, MetricRole.Primary, metric.MetricType, metric.Direction, metric.Comparisons)),
            .. readout.Secondary.SelectMany(metric => Rows(metric.Name, MetricRole.Secondary, metric.MetricType, metric.Direction, metric.Comparisons)),
            .. readout.Guardrails.Metrics.SelectMany(metric => Rows(metric.Name, MetricRole.Guardrail, metric.MetricType, metric.Direction, metric.Comparisons)),
        ];
    }

    public DecisionReadout Decision => Comparison.Decision;

    public Finding Finding => Findings.Of(Comparison, Direction, MinimumEffectPct);

    /// <summary>The relative effect that is decided on, with the decision's interval.</summary>
    public Whisker? Decided => Whisker(DecidedEffect.Relative(Comparison), Decision.CiRelativeLower, Decision.CiRelativeUpper, Decision.CiLower);

    /// <summary>The relative effect on all exposed units with the fixed interval: for reference.</summary>
    public Whisker? Running =>
        Whisker(Comparison.Analysis.EffectRelative, Comparison.Analysis.CiRelativeLower, Comparison.Analysis.CiRelativeUpper, Comparison.Analysis.CiLower);

    public string Relative => Figures.Change(DecidedEffect.Relative(Comparison));

    public string RelativeInterval => Figures.Interval(Figures.Change(Decision.CiRelativeLower), Figures.Change(Decision.CiRelativeUpper));

    public string Absolute => Difference(DecidedEffect.Of(Comparison));

    public string AbsoluteInterval => Figures.Interval(Difference(Decision.CiLower), Difference(Decision.CiUpper));

    public string RunningRelative => Figures.Change(Comparison.Analysis.EffectRelative);

    public string RunningInterval => Figures.Interval(Figures.Change(Comparison.Analysis.CiRelativeLower), Figures.Change(Comparison.Analysis.CiRelativeUpper));

    private string Difference(double? value) => Type == MetricType.Binary ? Figures.Points(value) : Figures.Difference(value);

    /// <summary>Null without an estimate, or without an interval at all; where the absolute interval exists, a missing relative end is one that Fieller leaves open.</summary>
    private static Whisker? Whisker(double? estimate, double? low, double? high, double? absoluteLow) =>
        estimate is not { } value || absoluteLow is null
            ? null
            : new Whisker(value, low ?? double.NegativeInfinity, high ?? double.PositiveInfinity);
}
