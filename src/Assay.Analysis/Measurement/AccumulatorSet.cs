using System.Collections.Immutable;

namespace Assay.Analysis.Measurement;

/// <summary>An experiment's accumulators while units are put in and taken out. What it started from is never changed.</summary>
public sealed class AccumulatorSet
{
    private readonly ExperimentView _view;
    private readonly ImmutableDictionary<AccumulatorKey, Accumulator> _start;
    private readonly Dictionary<AccumulatorKey, Accumulator> _changed = [];
    private readonly int[] _ages;

    /// <summary>Nothing measured yet.</summary>
    public AccumulatorSet(ExperimentView view, long compactedThrough)
        : this(view, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty, compactedThrough)
    {
    }

    /// <summary>Goes on from a published picture.</summary>
    /// <param name="view">The experiment.</param>
    /// <param name="start">The picture.</param>
    /// <param name="compactedThrough">The midnight up to which days are merged.</param>
    public AccumulatorSet(ExperimentView view, ImmutableDictionary<AccumulatorKey, Accumulator> start, long compactedThrough)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(start);
        _view = view;
        _ages = [.. view.Plans.Select(plan => plan.Ages)];
        _start = start;
        CompactedThrough = compactedThrough;
    }

    /// <summary>The midnight up to which days are merged.</summary>
    public long CompactedThrough { get; private set; }

    /// <summary>Accumulators that were written to; empty ones are to be dropped.</summary>
    public IReadOnlyDictionary<AccumulatorKey, Accumulator> Changed => _changed;

    /// <summary>Puts a unit in: its values and event timing among all units, its values in each of its slices too, and by age where there are ages.</summary>
    public void Add(UnitMeasurement unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var covariates = unit.Covariates.AsSpan();
        var ages = unit.Ages.AsSpan();
        for (var i = 0; i < unit.Metrics.Length; i++)
        {
            Open(Key(unit, _view.Plans[i].Metric, unit.Metrics[i].MaturesAt), Columns).Add(unit.Metrics[i], covariates, unit.IsCrossover);
            foreach (var slice in unit.Slices) Open(Key(unit, i, slice), Columns).Add(unit.Metrics[i], covariates, unit.IsCrossover);
            if (_ages[i] is > 0 and var own)
            {
                Open(Key(unit, i, AccumulatorKey.Age), own).Add(unit.Metrics[i] with { Value = ages[0] }, ages[1..own], unit.IsCrossover);
                ages = ages[own..];
            }
        }

        Open(Key(unit, AccumulatorKey.Timing, unit.TimingMaturesAt), 0).Add(unit.Timing);
    }

    /// <summary>Takes a unit out again.</summary>
    public void Remove(UnitMeasurement unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var covariates = unit.Covariates.AsSpan();
        var ages = unit.Ages.AsSpan();
        for (var i = 0; i < unit.Metrics.Length; i++)
        {
            Open(Key(unit, _view.Plans[i].Metric, unit.Metrics[i].MaturesAt), Columns).Remove(unit.Metrics[i], covariates, unit.IsCrossover);
            foreach (var slice in unit.Slices) Open(Key(unit, i, slice), Columns).Remove(unit.Metrics[i], covariates, unit.IsCrossover);
            if (_ages[i] is > 0 and var own)
            {
                Open(Key(unit, i, AccumulatorKey.Age), own).Remove(unit.Metrics[i] with { Value = ages[0] }, ages[1..own], unit.IsCrossover);
                ages = ages[own..];
            }
        }

        Open(Key(unit, AccumulatorKey.Timing, unit.TimingMaturesAt), 0).Remove(unit.Timing);
    }

    /// <summary>Takes a unit out as it was and puts it in as it is; what it contributes alike to an accumulator stays there untouched.</summary>
    /// <param name="before">As it was; null where it contributed nothing.</param>
    /// <param name="after">As it is; null where it contributes nothing.</param>
    public void Exchange(UnitMeasurement? before, UnitMeasurement? after)
    {
        if (before is null || after is null || !StaysAmongItsOwn(before, after))
        {
            if (before is not null) Remove(before);
            if (after is not null) Add(after);
            return;
        }

        var (columns, covariates, age) = (Columns, after.Covariates.AsMemory(), 0);
        for (var i = 0; i < after.Metrics.Length; i++)
        {
            var (was, value) = (before.Metrics[i], after.Metrics[i]);
            if (was != value)
            {
                Exchange(Key(before, _view.Plans[i].Metric, was.MaturesAt), Key(after, _view.Plans[i].Metric, value.MaturesAt), new Entry(was, covariates), new Entry(value, covariates), after.IsCrossover, columns);
                foreach (var slice in after.Slices) Exchange(Key(before, i, slice), Key(after, i, slice), new Entry(was, covariates), new Entry(value, covariates), after.IsCrossover, columns);
            }

            if (_ages[i] is not (> 0 and var own)) continue;
            var (old, young) = (Entry.ByAge(was, before.Ages.AsMemory().Slice(age, own)), Entry.ByAge(value, after.Ages.AsMemory().Slice(age, own)));
            if (!old.Equals(young)) Exchange(Key(before, i, AccumulatorKey.Age), Key(after, i, AccumulatorKey.Age), old, young, after.IsCrossover, own);
            age += own;
        }

        if (before.Timing == after.Timing && before.TimingMaturesAt == after.TimingMaturesAt) return;
        Open(Key(before, AccumulatorKey.Timing, before.TimingMaturesAt), 0).Remove(before.Timing);
        Open(Key(after, AccumulatorKey.Timing, after.TimingMaturesAt), 0).Add(after.Timing);
    }

    /// <summary>Adds what another set has changed.</summary>
    /// <param name="other">A set that began with nothing, of the same experiment and the same merged days.</param>
    public void Add(AccumulatorSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (key, changed) in other._changed) Open(key, changed.Sums.Columns).Add(changed);
    }

    /// <summary>Merges the days up to a midnight; going back is not possible and changes nothing.</summary>
    public void CompactThrough(long midnight)
    {
        if (midnight <= CompactedThrough) return;
        CompactedThrough = midnight;
        foreach (var key in _start.Keys.Union(_changed.Keys).ToList())
        {
            var bucket = Maturity.Bucket(key.MaturesAt, midnight);
            if (bucket == key.MaturesAt || Find(key) is not { IsEmpty: false } day) continue;
            Open(key with { MaturesAt = bucket }, day.Sums.Columns).Add(day);
            _changed[key] = new Accumulator(day.Sums.Columns);
        }
    }

    /// <summary>The picture with every change in it.</summary>
    public ImmutableDictionary<AccumulatorKey, Accumulator> ToImmutable()
    {
        var picture = _start.ToBuilder();
        foreach (var (key, accumulator) in _changed)
        {
            if (accumulator.IsEmpty) picture.Remove(key);
            else picture[key] = accumulator;
        }

        return picture.ToImmutable();
    }

    /// <summary>Whether a unit is in the same arm and slices as it was, with the same covariates: each of its values can then be compared with what it was.</summary>
    private static bool StaysAmongItsOwn(UnitMeasurement before, UnitMeasurement after) =>
        before.Arm == after.Arm && before.Epoch == after.Epoch && before.IsCrossover == after.IsCrossover
        && before.Metrics.Length == after.Metrics.Length && before.Ages.Length == after.Ages.Length
        && before.Covariates.AsSpan().SequenceEqual(after.Covariates.AsSpan()) && before.Slices.AsSpan().SequenceEqual(after.Slices.AsSpan());

    private void Exchange(in AccumulatorKey from, in AccumulatorKey into, in Entry before, in Entry after, bool isCrossover, int columns)
    {
        var accumulator = Open(from, columns);
        accumulator.Remove(before.Value, before.Others.Span, isCrossover);
        if (into != from) accumulator = Open(into, columns);
        accumulator.Add(after.Value, after.Others.Span, isCrossover);
    }

    private AccumulatorKey Key(UnitMeasurement unit, string metric, long maturesAt) =>
        new(unit.Epoch, unit.Arm, metric, "", Maturity.Bucket(maturesAt, CompactedThrough));

    private AccumulatorKey Key(UnitMeasurement unit, int metric, string slice) =>
        new(unit.Epoch, unit.Arm, _view.Plans[metric].Metric, slice, Maturity.InSlice(unit.Metrics[metric].MaturesAt));

    /// <summary>Columns of a metric's accumulators that are not by age.</summary>
    private int Columns => 1 + (2 * _view.Covariates.Length);

    private Accumulator? Find(in AccumulatorKey key) => _changed.GetValueOrDefault(key) ?? _start.GetValueOrDefault(key);

    /// <summary>The accumulator to write to: a copy of the published one, made once.</summary>
    private Accumulator Open(in AccumulatorKey key, int columns)
    {
        if (_changed.TryGetValue(key, out var open)) return open;
        open = _start.TryGetValue(key, out var published) ? published.Clone() : new Accumulator(columns);
        _changed.Add(key, open);
        return open;
    }

    /// <summary>What a unit gives to one accumulator: column 0, and the others.</summary>
    private readonly record struct Entry(MetricValue Value, ReadOnlyMemory<double> Others)
    {
        public static Entry ByAge(in MetricValue value, ReadOnlyMemory<double> ages) => new(value with { Value = ages.Span[0] }, ages[1..]);

        public bool Equals(Entry other) => Value == other.Value && Others.Span.SequenceEqual(other.Others.Span);

        public override int GetHashCode() => Value.GetHashCode();
    }
}
