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
}
