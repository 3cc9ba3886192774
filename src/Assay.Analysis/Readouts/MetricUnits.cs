using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>The units of one metric by arm: all exposed (running) and those whose window has closed (completed).</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Running">Every exposed unit, by arm.</param>
/// <param name="Completed">The units of closed windows, by arm.</param>
/// <param name="ByMaturity">The same by maturity bucket; null where none is kept, and the first to complete the plan are all there are.</param>
/// <param name="FirstMaturity">The earliest bucket, open or closed.</param>
internal sealed record MetricUnits(
    Metric Metric, ImmutableArray<ArmUnits> Running, ImmutableArray<ArmUnits> Completed, MaturedBuckets? ByMaturity, long? FirstMaturity)
{
    public long Exposed => Running.Sum(arm => arm.Count);

    public long Matured => Completed.Sum(arm => arm.Count);

    public long Conversions => Metric.Type == MetricType.Binary ? Running.Sum(arm => arm.Converted) : Running.Sum(arm => arm.Events);
}

/// <summary>Every accumulator of an experiment read once: units by metric, events by timing.</summary>
internal sealed class ExperimentUnits
{
    private readonly Dictionary<string, MetricUnits> _metrics;

    private ExperimentUnits(
        Dictionary<string, MetricUnits> metrics, ImmutableArray<EventTiming> timing, ExposureDays days, long unexposed, long holdout, long holdoutUnits, long excludedUnits)
    {
        _metrics = metrics;
        TimingByArm = timing;
        Days = days;
        UnexposedEvents = unexposed;
        HoldoutEvents = holdout;
        HoldoutUnits = holdoutUnits;
        ExcludedUnits = excludedUnits;
    }

    public ImmutableArray<EventTiming> TimingByArm { get; }

    /// <summary>Units and their early events by day of first exposure.</summary>
    public ExposureDays Days { get; }

    public long UnexposedEvents { get; }

    public long HoldoutEvents { get; }

    public long HoldoutUnits { get; }

    public long ExcludedUnits { get; }

    public MetricUnits this[Metric metric] => _metrics[metric.Name];

    /// <summary>Sums buckets: those matured by <paramref name="asOf"/> are completed, all of them are running.</summary>
    public static ExperimentUnits Sum(Design design, MeasuredExperiment measured, long asOf)
    {
        var arms = design.Setup.Variations.Length;
        var buckets = new Dictionary<string, Buckets>(StringComparer.Ordinal);
        foreach (var metric in design.Metrics.All) buckets[metric.Name] = new Buckets(metric, arms);
        var timing = new EventTiming[arms];
        var days = new ExposureDays(design);
        long unexposed = 0, holdout = 0, holdoutUnits = 0, excludedUnits = 0;
        foreach (var (key, accumulator) in measured.Accumulators)
        {
            if (key.Slice.Length > 0) continue;
            if (string.Equals(key.Metric, AccumulatorKey.Timing, StringComparison.Ordinal))
            {
                if (key.Arm >= 0)
                {
                    timing[key.Arm] = Plus(timing[key.Arm], accumulator.Timing);
                    days.Add(key, accumulator);
                }
                else if (key.Arm == UnitMeasurement.Holdout) (holdout, holdoutUnits) = (holdout + accumulator.Timing.Outside, holdoutUnits + accumulator.Count);
                else if (key.Arm == UnitMeasurement.Excluded) excludedUnits += accumulator.Count;
                else unexposed += accumulator.Timing.Outside;
            }
            else if (key.Arm >= 0 && !accumulator.IsEmpty && buckets.TryGetValue(key.Metric, out var own))
            {
                own.Add(key, accumulator, asOf);
            }
        }

        var columns = 1 + (2 * design.Metrics.Covariates.Length);
        var metrics = buckets.ToDictionary(pair => pair.Key, pair => pair.Value.ToUnits(columns, asOf), StringComparer.Ordinal);
        return new ExperimentUnits(metrics, [.. timing], days, unexposed, holdout, holdoutUnits, excludedUnits);
    }

    private static EventTiming Plus(EventTiming a, EventTiming b) =>
        new(a.Before + b.Before, a.InWindow + b.InWindow, a.After + b.After, a.Outside + b.Outside);

    private sealed class Buckets(Metric metric, int arms)
    {
        private readonly Accumulator?[] _matured = new Accumulator?[arms];
        private readonly Accumulator?[] _open = new Accumulator?[arms];
        private readonly List<MaturedBucket> _closed = [];
        private long? _first;

        public void Add(in AccumulatorKey key, Accumulator accumulator, long asOf)
        {
            var isClosed = key.MaturesAt <= asOf;
            Add(isClosed ? _matured : _open, key.Arm, accumulator);
            if (isClosed) _closed.Add(new MaturedBucket(key.MaturesAt, key.Arm, accumulator));
            if (_first is null || key.MaturesAt < _first) _first = key.MaturesAt;
        }

        public MetricUnits ToUnits(int columns, long asOf)
        {
            var completed = Array.ConvertAll(Arms(), arm => new ArmUnits(arm, metric.Type, _matured[arm], columns));
            var running = Array.ConvertAll(Arms(), arm => _open[arm] is null ? completed[arm] : new ArmUnits(arm, metric.Type, All(arm), columns));
            return new MetricUnits(metric, [.. running], [.. completed], new MaturedBuckets(metric, _closed, columns, asOf), _first);
        }

        private int[] Arms() => [.. Enumerable.Range(0, arms)];

        private Accumulator? All(int arm)
        {
            if (_matured[arm] is { } matured) Add(_open, arm, matured);
            return _open[arm];
        }

        private static void Add(Accumulator?[] sums, int arm, Accumulator accumulator)
        {
            if (sums[arm] is { } sum) sum.Add(accumulator);
            else sums[arm] = accumulator.Clone();
        }
    }
}
