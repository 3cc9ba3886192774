using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>Follows a metric's completed units from their first bucket to now. Each bucket is added once, and each point is written by what writes the readout.</summary>
internal static class Timeline
{
    /// <summary>The points of a metric.</summary>
    public static ImmutableArray<TimelinePoint> Trace(ReadoutInput input, Metric metric)
    {
        var asOf = Populations.Microseconds(input.AsOf);
        var family = Family.MembersOf(input.Design.Metrics, metric);
        var buckets = Completed(input.Measured, family, asOf);
        var moments = TimelineMoments.Of(buckets.Where(bucket => IsOf(bucket.Key, metric)).Select(bucket => bucket.Key.MaturesAt), asOf);
        var sums = new CompletedSums(input.Design, family);
        var points = ImmutableArray.CreateBuilder<TimelinePoint>(moments.Length);
        var next = 0;
        foreach (var moment in moments)
        {
            for (; next < buckets.Length && buckets[next].Key.MaturesAt <= moment; next++) sums.Add(buckets[next].Key, buckets[next].Value);
            points.Add(Write(input, metric, sums, moment));
        }

        return points.MoveToImmutable();
    }

    private static ImmutableArray<KeyValuePair<AccumulatorKey, Accumulator>> Completed(MeasuredExperiment measured, ImmutableArray<Metric> family, long asOf) =>
    [
        .. measured.Accumulators
            .Where(bucket => bucket.Key is { Arm: >= 0, Slice.Length: 0 } && bucket.Key.MaturesAt <= asOf && !bucket.Value.IsEmpty && family.Any(metric => IsOf(bucket.Key, metric)))
            .OrderBy(bucket => bucket.Key.MaturesAt),
    ];

    private static bool IsOf(in AccumulatorKey key, Metric metric) => string.Equals(key.Metric, metric.Name, StringComparison.Ordinal);

    private static TimelinePoint Write(ReadoutInput input, Metric metric, CompletedSums sums, long moment)
    {
        var at = Populations.Time(moment)!.Value;
        var (own, hypotheses) = sums.Judge(input with { AsOf = at, Looks = [], AllPairs = false }, metric);
        return new TimelinePoint
        {
            At = at,
            CompletedArms = [.. own.Completed.Select(arm => arm.ToReadout(input.Design))],
            Comparisons = [.. hypotheses.Select(hypothesis => new TimelineComparison
            {
                TreatmentIndex = hypothesis.Treatment,
                Effect = hypothesis.Completed.Difference,
                EffectRelative = hypothesis.Completed.RelativeDifference,
                AlwaysValid = hypothesis.AlwaysValid,
                Decision = hypothesis.Method == AnalysisMethod.AlwaysValid ? hypothesis.Decide() : null,
            })],
        };
    }
}

/// <summary>The completed units of a family's metrics so far. What is drawn from it must be written before more units come.</summary>
internal sealed class CompletedSums(Design design, ImmutableArray<Metric> family)
{
    private readonly Accumulator?[][] _sums = [.. family.Select(_ => new Accumulator?[design.Setup.Variations.Length])];

    private int Columns => 1 + (2 * design.Metrics.Covariates.Length);

    public void Add(in AccumulatorKey key, Accumulator bucket)
    {
        var name = key.Metric;
        ref var sum = ref _sums[family.IndexOf(family.First(metric => string.Equals(metric.Name, name, StringComparison.Ordinal)))][key.Arm];
        if (sum is null) sum = bucket.Clone();
        else sum.Add(bucket);
    }

    /// <summary>A metric's units and its hypotheses, corrected over the family.</summary>
    public (MetricUnits Units, IEnumerable<Hypothesis> Hypotheses) Judge(ReadoutInput input, Metric metric)
    {
        var units = family.Select(Units).ToImmutableArray();
        var own = units[family.IndexOf(metric)];
        return (own, Family.Of(input, units).Hypotheses.Where(hypothesis => hypothesis.Completed.Metric == metric));
    }

    private MetricUnits Units(Metric metric)
    {
        var sums = _sums[family.IndexOf(metric)];
        ImmutableArray<ArmUnits> completed = [.. sums.Select((sum, arm) => new ArmUnits(arm, metric.Type, sum, Columns))];
        return new MetricUnits(metric, completed, completed, ByMaturity: null, FirstMaturity: null);
    }
}
