using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Assay.Analysis.Measurement;

/// <summary>A unit's events counted one by one, for as long as the exposure that decides its arm stays the same: what a million events come to is not counted again for one more.</summary>
public sealed class UnitTally
{
    private UnitMeasure _measure;
    private EventTally[] _metrics = [];
    private EventTally[]?[] _ages = [];
    private long _before;
    private long _inWindow;
    private long _after;
    private long _outside;
    private ImmutableArray<string> _slices;

    /// <param name="measure">How units are measured.</param>
    /// <param name="first">The exposure that decides the unit's arm; null for a unit outside the arms.</param>
    internal UnitTally(UnitMeasure measure, ExposureRow? first)
    {
        _measure = measure;
        Begin(measure, first);
    }

    /// <summary>The exposure that decides the unit's arm; null for a unit outside the arms.</summary>
    public ExposureRow? First { get; private set; }

    /// <summary>Whether this is how the unit's events are counted for a measure, given its exposures.</summary>
    public bool Fits(UnitMeasure measure, ReadOnlySpan<ExposureRow> exposures) => ReferenceEquals(measure, _measure) && UnitMeasure.FirstOf(exposures) == First;

    /// <summary>Becomes another unit's, of which nothing has been counted.</summary>
    internal void Begin(UnitMeasure measure, ExposureRow? first)
    {
        (_measure, First) = (measure, first);
        (_before, _inWindow, _after, _outside) = (0, 0, 0, 0);
        var plans = first is null ? 0 : measure.View.Plans.Length;
        if (_metrics.Length == plans) Array.Clear(_metrics);
        else _metrics = new EventTally[plans];
        var ages = measure.Ages == 0 ? 0 : plans;
        if (_ages.Length == ages) Array.Clear(_ages);
        else _ages = new EventTally[ages][];
        _slices = first is { } known ? measure.SlicesOf(known.Attributes) : [];
    }

    /// <summary>Takes an event in.</summary>
    public void Add(in EventRow row)
    {
        if (!_measure.InPeriod(row.At)) return;
        var name = _measure.IndexOf(row.Name);
        if (name < 0) return;
        if (First is not { } first)
        {
            _outside++;
            return;
        }

        if (row.At < first.At) _before++;
        else if (row.At < first.At + _measure.LongestOf(name)) _inWindow++;
        else _after++;
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (!_measure.Counts(i, name, first.At, row)) continue;
            var aggregate = _measure.View.Plans[i].Aggregate;
            _metrics[i].Add(row, row.ArrivedAt > _measure.MaturesAt(i, first.At), aggregate);
            if (AgesOf(i) is > 0 and var ages) (_ages[i] ??= new EventTally[ages])[_measure.AgeAt(i, first.At, row.At)].Add(row, isLate: false, aggregate);
        }
    }

    /// <summary>Writes what has been counted, in some bytes a metric, to be read again for the same measure.</summary>
    public void Write(IBufferWriter<byte> into)
    {
        TallyPacking.Write(into, _measure.Stamp);
        TallyPacking.Write(into, _before);
        TallyPacking.Write(into, _inWindow);
        TallyPacking.Write(into, _after);
        TallyPacking.Write(into, _outside);
        for (var i = 0; i < _metrics.Length; i++)
        {
            var aggregate = _measure.View.Plans[i].Aggregate;
            _metrics[i].Write(into, aggregate);
            // There are some as soon as an event counts.
            if (AgesOf(i) > 0 && _ages[i] is { } ages)
                foreach (ref readonly var age in ages.AsSpan()) age.Write(into, aggregate);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="measure">How units are measured.</param>
    /// <param name="exposures">The unit's exposures, those that the tally was made with.</param>
    /// <param name="from">What was written.</param>
    /// <param name="spare">One that is needed no more: it is what is returned.</param>
    /// <returns>Null when it was made for another measure.</returns>
    public static UnitTally? Read(UnitMeasure measure, ReadOnlySpan<ExposureRow> exposures, ReadOnlySpan<byte> from, UnitTally? spare = null)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var place = 0;
        if (TallyPacking.Read(from, ref place) != measure.Stamp) return null;
        var tally = measure.Tally(exposures, [], spare);
        tally._before = TallyPacking.Read(from, ref place);
        tally._inWindow = TallyPacking.Read(from, ref place);
        tally._after = TallyPacking.Read(from, ref place);
        tally._outside = TallyPacking.Read(from, ref place);
        for (var i = 0; i < tally._metrics.Length; i++)
        {
            var aggregate = measure.View.Plans[i].Aggregate;
            tally._metrics[i] = EventTally.Read(from, ref place, aggregate);
            if (tally.AgesOf(i) == 0 || tally._metrics[i].Count == 0) continue;
            var ages = tally._ages[i] = new EventTally[tally.AgesOf(i)];
            for (var age = 0; age < ages.Length; age++) ages[age] = EventTally.Read(from, ref place, aggregate);
        }

        return tally;
    }

    /// <summary>What the unit contributes, or null when it contributes nothing: no exposure and no event that the experiment sees, or an exposure before those that count.</summary>
    /// <param name="exposures">All of its exposures.</param>
    /// <param name="covariates">All of its covariates; of two of one name the later counts.</param>
    public UnitMeasurement? ToMeasurement(ReadOnlySpan<ExposureRow> exposures, ReadOnlySpan<CovariateRow> covariates)
    {
        if (_measure.IsOfBefore(exposures)) return null;
        if (First is not { } first)
        {
            if (exposures.IsEmpty && _outside == 0) return null;
            var arm = exposures.IsEmpty ? UnitMeasurement.Unexposed : UnitMeasurement.Holdout;
            return new UnitMeasurement(arm, _measure.View.Epoch, false, [], [], new EventTiming(0, 0, 0, _outside), 0);
        }

        var values = new MetricValue[_metrics.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var plan = _measure.View.Plans[i];
            var value = _metrics[i].Value(plan.Aggregate);
            values[i] = new MetricValue(_measure.MaturesAt(i, first.At), plan.Cap is { } cap ? Math.Min(value, cap) : value, _metrics[i].Count, _metrics[i].Late);
        }

        return new UnitMeasurement(
            first.Variation,
            _measure.View.Epoch,
            IsCrossover(exposures, first.Variation),
            ImmutableCollectionsMarshal.AsImmutableArray(values),
            Pairs(covariates),
            new EventTiming(_before, _inWindow, _after, 0),
            Maturity.MaturesAt(first.At, _measure.Longest))
        {
            Slices = _slices,
            Ages = ByAge(),
        };
    }

    private int AgesOf(int plan) => _measure.Ages == 0 ? 0 : _measure.View.Plans[plan].Ages;

    private ImmutableArray<double> ByAge()
    {
        if (_measure.Ages == 0) return [];
        var (values, next) = (new double[_measure.Ages], 0);
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (_ages[i] is { } ages)
                for (var age = 0; age < ages.Length; age++) values[next + age] = ages[age].Value(_measure.View.Plans[i].Aggregate);
            next += AgesOf(i);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static bool IsCrossover(ReadOnlySpan<ExposureRow> exposures, int arm)
    {
        foreach (var exposure in exposures)
            if (exposure.Variation >= 0 && exposure.Variation != arm) return true;
        return false;
    }

    private ImmutableArray<double> Pairs(ReadOnlySpan<CovariateRow> covariates)
    {
        var names = _measure.View.Covariates;
        if (names.IsEmpty) return [];
        var pairs = new double[2 * names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            pairs[(2 * i) + 1] = 1;
            foreach (var row in covariates)
            {
                if (row.Covariate != names[i]) continue;
                pairs[2 * i] = row.Value;
                pairs[(2 * i) + 1] = 0;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(pairs);
    }
}
