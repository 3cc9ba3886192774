using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The moments by days since first exposure of one primary in one arm: of the units whose window has closed, a column an age.</summary>
/// <param name="AgeDays">Length of an age, days; the last one ends with the window.</param>
/// <param name="Count">Units.</param>
/// <param name="Means">Mean of the units' values in each age; null without units.</param>
/// <param name="CrossDeviations">Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ) between ages, a symmetric matrix.</param>
internal sealed record AgeMoments(string Metric, int VariationIndex, int AgeDays, long Count, ImmutableArray<double?> Means, ImmutableArray<ImmutableArray<double>> CrossDeviations)
{
    public static ImmutableArray<AgeMoments> Of(Experiment experiment, MeasuredExperiment? measured, long now) =>
    [
        .. from plan in experiment.Plan.Ages
           from arm in Enumerable.Range(0, experiment.Design.Setup.Variations.Length)
           select Of(plan, arm, Sum(plan, arm, measured, now)),
    ];

    private static Accumulator Sum(AgePlan plan, int arm, MeasuredExperiment? measured, long now)
    {
        var sum = new Accumulator(plan.Ages);
        foreach (var (key, accumulator) in measured?.Accumulators ?? ImmutableDictionary<AccumulatorKey, Accumulator>.Empty)
            if (key.IsByAge && key.Arm == arm && key.MaturesAt <= now && string.Equals(key.Metric, plan.Metric, StringComparison.Ordinal)) sum.Add(accumulator);
        return sum;
    }

    private static AgeMoments Of(AgePlan plan, int arm, Accumulator sum)
    {
        var moments = sum.ToMoments();
        var ages = Enumerable.Range(0, plan.Ages).ToList();
        return new AgeMoments(
            plan.Metric,
            arm,
            plan.Days,
            sum.Count,
            [.. moments.Means.Select(mean => sum.IsEmpty ? (double?)null : mean)],
            [.. ages.Select(i => ages.Select(j => moments.Scatter(i, j)).ToImmutableArray())]);
    }
}
