using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>Experiments of one design, read at evenly spaced times by the readout's own inference and acted on by its own rule.</summary>
internal sealed class PolicyWorld
{
    private readonly Design _design;
    private readonly ExperimentPlan _plan;
    private readonly int _looks;
    private readonly int _affected;
    private readonly ImmutableArray<Metric> _primaries;
    private readonly ImmutableArray<Metric> _guardrails;

    public PolicyWorld(Design design, ExperimentPlan plan, int looks)
    {
        (_design, _plan, _looks) = (design, plan, looks);
        _primaries = [design.Metrics.Primary, .. design.Metrics.MorePrimaries];
        _guardrails = [.. design.Metrics.Guardrails.Where(metric => Spread(metric) is not null)];
        NotSimulated = [.. design.Metrics.MorePrimaries.Concat(design.Metrics.Guardrails).Where(metric => Spread(metric) is null).Select(metric => metric.Name)];
        Treatments = design.Setup.TrafficSplit[0] > 0 ? [.. Enumerable.Range(1, plan.PlannedSampleSizes.Length - 1).Where(arm => plan.PlannedSampleSizes[arm] > 0)] : [];
        _affected = Treatments.IsEmpty ? 0 : Treatments.MinBy(arm => plan.PlannedSampleSizes[arm]);
        WindowDays = _primaries.Concat(design.Metrics.Guardrails).Max(metric => metric.WindowHours) / 24;
    }

    public ImmutableArray<int> Treatments { get; }

    public IReadOnlyList<string> NotSimulated { get; }

    public double WindowDays { get; }

    /// <summary>Whether the first primary can have a mean so many percent from its baseline.</summary>
    public bool IsPossible(double effectPct) => Mean(_primaries[0], effectPct) is var mean && _primaries[0].Type switch
    {
        MetricType.Binary => mean is > 0 and < 1,
        MetricType.Count => mean >= 0,
        _ => true,
    };

    /// <summary>One experiment until it is acted on.</summary>
    public (VerdictStatus Status, bool IsWrong, double Share) Run(Draws draws, double effectPct)
    {
        var arms = new SimulatedArms(_plan.PlannedSampleSizes, _looks, draws);
        var looks = ImmutableArray.CreateBuilder<LookReadout>();
        for (var look = 1; ; look++)
        {
            var input = new ReadoutInput(_design, _plan, _design.Key, "running", 1, 1, Nothing, [], DateTimeOffset.UnixEpoch, AllPairs: false, Final: false);
            var units = _primaries.Select((metric, index) => arms.Advance(metric, look, arm => Mean(metric, index == 0 && arm == _affected ? effectPct : 0), Spread(metric))).ToImmutableArray();
            var guardrails = _guardrails.Select(metric => arms.Advance(metric, look, _ => Mean(metric, 0), Spread(metric))).ToImmutableArray();
            if (input.Method == AnalysisMethod.GroupSequential)
            {
                Look(input, units, look, looks);
                input = input with { Looks = looks.ToImmutable() };
            }

            var decisions = Family.Of(input, units).Hypotheses.ToDictionary(hypothesis => (hypothesis.Completed.Metric.Name, hypothesis.Treatment), hypothesis => hypothesis.Decide());
            var outcomes = Treatments.ToDictionary(arm => arm, arm => DecisionRule.Of(new ArmFindings(
                [.. _primaries.Select(metric => DecisionSides.Find(decisions[(metric.Name, arm)], metric.Direction, _design.Metrics.MinimumEffectPct, _design.WorthwhileEffectPct))],
                [.. guardrails.Select(guardrail => Guardrails.Judge(input, new Pair(guardrail.Metric, guardrail.Completed[0], guardrail.Completed[arm])).State)],
                IsComplete: look == _looks)));
            var status = DecisionRule.Of(outcomes.Values, HealthStatus.Ok);
            if (status != VerdictStatus.KeepRunning) return (status, IsWrong(status, outcomes, decisions, effectPct), (double)look / _looks);
        }
    }

    private static MeasuredExperiment Nothing { get; } = new("", 0, 0, null, 0, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty);

    private bool IsWrong(VerdictStatus status, Dictionary<int, VerdictStatus> outcomes, Dictionary<(string, int), DecisionReadout> decisions, double effectPct) => status switch
    {
        VerdictStatus.Ship => Shipped(outcomes, decisions) != _affected || effectPct <= _design.Metrics.MinimumEffectPct,
        VerdictStatus.StopHarm => effectPct >= 0,
        VerdictStatus.NoWorthwhileEffect => effectPct >= _design.WorthwhileEffectPct,
        _ => false,
    };

    /// <summary>Of the treatments that may be shipped, the one with the largest relative gain.</summary>
    private int Shipped(Dictionary<int, VerdictStatus> outcomes, Dictionary<(string, int), DecisionReadout> decisions) =>
        Treatments.Where(arm => outcomes[arm] == VerdictStatus.Ship)
            .MaxBy(arm => _primaries.Max(metric => DecisionSides.Sign(metric.Direction) * decisions[(metric.Name, arm)].EstimateRelative ?? double.NegativeInfinity));

    /// <summary>Records the look of each hypothesis that has not crossed, at its planned fraction and bound.</summary>
    private void Look(ReadoutInput input, ImmutableArray<MetricUnits> units, int look, ImmutableArray<LookReadout>.Builder looks)
    {
        foreach (var metric in units)
        {
            foreach (var arm in Treatments)
            {
                if (looks.Any(earlier => earlier.Crossed && earlier.TreatmentIndex == arm && string.Equals(earlier.Metric, metric.Metric.Name, StringComparison.Ordinal))) continue;
                if (!new Pair(metric.Metric, metric.Completed[0], metric.Completed[arm]).Means.TryGet(out var means)) continue;
                looks.Add(LookTaking.At(input, new Pair(metric.Metric, metric.Completed[0], metric.Completed[arm]), means, look, _plan.Boundaries[look - 1].InformationFraction, _plan.Boundaries[look - 1].BoundaryZ));
            }
        }
    }

    /// <summary>The true mean of a metric that gains so many percent of its baseline in the desired direction.</summary>
    private static double Mean(Metric metric, double gainPct) => metric.BaselineValue is { } baseline ? baseline + (DecisionSides.Sign(metric.Direction) * Math.Abs(baseline) * gainPct / 100) : 0;

    /// <summary>The true standard deviation of a unit's value; null where the design declares too little to simulate it.</summary>
    private static double? Spread(Metric metric) => metric switch
    {
        { Type: MetricType.Binary, BaselineValue: > 0 and < 1 and var share } => Math.Sqrt(share * (1 - share)),
        { Type: MetricType.Count, StdDev: null, BaselineValue: > 0 and var mean } => Math.Sqrt(mean),
        { Type: not MetricType.Binary, StdDev: > 0 and var deviation, BaselineValue: not null } => deviation,
        _ => null,
    };
}
