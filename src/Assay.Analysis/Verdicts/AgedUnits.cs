using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Verdicts;

/// <summary>Values by age of the completed units, by metric and arm.</summary>
internal sealed class AgedUnits
{
    private readonly Dictionary<(string Metric, int Arm), Accumulator> _sums = [];

    public AgedUnits(ReadoutInput input)
    {
        var asOf = Populations.Microseconds(input.AsOf);
        foreach (var (key, accumulator) in Ages(input.Plan).IsEmpty ? [] : input.Measured.Accumulators)
        {
            if (!key.IsByAge || key.Arm < 0 || key.MaturesAt > asOf) continue;
            if (_sums.TryGetValue((key.Metric, key.Arm), out var sum)) sum.Add(accumulator);
            else _sums[(key.Metric, key.Arm)] = accumulator.Clone();
        }
    }

    /// <summary>What the plan keeps by age; none without a plan.</summary>
    public static ImmutableArray<AgePlan> Ages(ExperimentPlan? plan) => plan is null || plan.Ages.IsDefault ? [] : plan.Ages;

    /// <summary>A column an age.</summary>
    public JointMoments Of(AgePlan plan, int arm) => _sums.TryGetValue((plan.Metric, arm), out var sum) ? sum.ToMoments() : JointMoments.Empty(plan.Ages);
}
