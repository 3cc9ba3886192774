using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Verdicts;

/// <summary>Whether effects change with the days since first exposure: every primary in every treatment, corrected together.</summary>
internal sealed class Novelty
{
    private readonly ImmutableDictionary<(string Metric, int Arm), NoveltyReadout> _readouts;
    private readonly double _alpha;

    public Novelty(DecisionBasis basis)
    {
        var (design, sizes, units) = (basis.Input.Design, basis.Input.Sizes, new AgedUnits(basis.Input));
        _alpha = design.Metrics.Alpha;
        var trends = new List<((string Metric, int Arm) Of, AgeTrend Trend)>();
        foreach (var plan in AgedUnits.Ages(basis.Input.Plan))
        {
            if (basis.Primaries.FirstOrDefault(primary => string.Equals(primary.Metric.Name, plan.Metric, StringComparison.Ordinal)) is not { } primary) continue;
            foreach (var arm in basis.Treatments)
                trends.Add(((plan.Metric, arm), new AgeTrend(plan, ExperimentViews.Window(primary.Metric), units.Of(plan, 0), units.Of(plan, arm), sizes.Length == 0 ? null : (sizes[0], sizes[arm]))));
        }

        // One that cannot be read yet counts as 1, so that the correction never loosens by waiting.
        var adjusted = Multiplicity.BenjaminiHochberg([.. trends.Select(each => each.Trend.PValue ?? 1)]);
        _readouts = trends.Select((each, i) => (each.Of, Readout: each.Trend.ToReadout(each.Trend.PValue is null ? null : adjusted[i], _alpha))).ToImmutableDictionary(each => each.Of, each => each.Readout);
    }

    public NoveltyReadout Of(Metric primary, int arm) =>
        _readouts.GetValueOrDefault((primary.Name, arm)) ?? AgeTrend.None(ExperimentViews.Window(primary) < AgePlan.Shortest ? NoveltyStatus.ShortWindow : NoveltyStatus.NotKept, _alpha);
}
