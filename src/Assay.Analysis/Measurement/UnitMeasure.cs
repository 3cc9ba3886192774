using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Assay.Analysis.Measurement;

/// <summary>Interprets an experiment's metric plans over the rows of one unit.</summary>
/// <remarks>An experiment sees the events whose name one of its metrics uses, with a time in [started_at, closes_at).</remarks>
public sealed class UnitMeasure
{
    private readonly string[] _names;
    private readonly long[] _longestByName;
    private readonly long[] _windows;
    private readonly TimeSpan _longest;
    private readonly UnitSlices _slices;

    /// <summary>Prepares the measure of a view's units.</summary>
    public UnitMeasure(ExperimentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        View = view;
        _names = [.. view.Plans.Select(plan => plan.Event).Distinct(StringComparer.Ordinal)];
        _windows = [.. view.Plans.Select(plan => Maturity.Microseconds(plan.Window))];
        _longestByName = [.. _names.Select(name => view.Plans.Where(plan => plan.Event == name).Max(plan => Maturity.Microseconds(plan.Window)))];
        _longest = view.Plans.Select(plan => plan.Window).DefaultIfEmpty().Max();
        _slices = new UnitSlices(view.Segments);
    }

    /// <summary>The view that is measured for.</summary>
    public ExperimentView View { get; }

    /// <summary>Names of the events that some metric uses, each once.</summary>
    public ImmutableArray<string> Names => [.. _names];

    /// <summary>What a unit contributes, or null when it contributes nothing: no exposure and no event that the experiment sees.</summary>
    public static UnitMeasurement? Measure(ExperimentView view, UnitRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new UnitMeasure(view).Measure([.. rows.Exposures], [.. rows.Events], [.. rows.Covariates]);
    }

    /// <summary>Whether an event of this name and time is one that the experiment sees.</summary>
    public bool Sees(string name, long at) => InPeriod(at) && Array.IndexOf(_names, name) >= 0;

    /// <summary>What a unit contributes, or null when it contributes nothing: no exposure and no event that the experiment sees.</summary>
    public UnitMeasurement? Measure(ReadOnlySpan<ExposureRow> exposures, ReadOnlySpan<EventRow> events, ReadOnlySpan<CovariateRow> covariates)
    {
        if (First(exposures) is not { } first)
        {
            var outside = CountSeen(events);
            if (exposures.IsEmpty && outside == 0) return null;
            var arm = exposures.IsEmpty ? UnitMeasurement.Unexposed : UnitMeasurement.Holdout;
            return new UnitMeasurement(arm, View.Epoch, false, [], [], new EventTiming(0, 0, 0, outside), 0);
        }

        var metrics = new MetricValue[View.Plans.Length];
        for (var i = 0; i < metrics.Length; i++) metrics[i] = Value(View.Plans[i], _windows[i], first.At, events);
        return new UnitMeasurement(
            first.Variation,
            View.Epoch,
            IsCrossover(exposures, first.Variation),
            ImmutableCollectionsMarshal.AsImmutableArray(metrics),
            Pairs(covariates),
            Timing(first.At, events),
            Maturity.MaturesAt(first.At, _longest))
        {
            Slices = _slices.Of(first.Attributes),
        };
    }

    private bool InPeriod(long at) => at >= View.StartedAt && (View.ClosesAt is not { } closes || at < closes);

    /// <summary>The earliest exposure to an arm by (time, variation, id): the one that decides arm and slices.</summary>
    private static ExposureRow? First(ReadOnlySpan<ExposureRow> exposures)
    {
        ExposureRow? first = null;
        foreach (var exposure in exposures)
        {
            if (exposure.Variation < 0) continue;
            if (first is not { } known || Precedes(exposure, known)) first = exposure;
        }

        return first;
    }

    private static bool Precedes(in ExposureRow a, in ExposureRow b)
    {
        if (a.At != b.At) return a.At < b.At;
        if (a.Variation != b.Variation) return a.Variation < b.Variation;
        var ids = string.CompareOrdinal(a.Id, b.Id);
        return ids != 0 ? ids < 0 : string.CompareOrdinal(a.Attributes, b.Attributes) < 0;
    }

    private static bool IsCrossover(ReadOnlySpan<ExposureRow> exposures, int arm)
    {
        foreach (var exposure in exposures)
            if (exposure.Variation >= 0 && exposure.Variation != arm) return true;
        return false;
    }

    private MetricValue Value(MetricPlan plan, long window, long first, ReadOnlySpan<EventRow> events)
    {
        var maturesAt = Maturity.MaturesAt(first, plan.Window);
        var from = plan.Aggregate == Aggregate.Between ? first + Maturity.Microseconds(plan.From) : first;
        var tally = new EventTally();
        foreach (ref readonly var row in events)
        {
            if (row.At < from || row.At >= first + window || !InPeriod(row.At) || row.Name != plan.Event) continue;
            if (plan.Filter is { } filter && !PropertyMatch.Passes(filter, row.Properties)) continue;
            tally.Add(row, isLate: row.ArrivedAt > maturesAt);
        }

        var value = tally.Value(plan.Aggregate);
        return new MetricValue(maturesAt, plan.Cap is { } cap ? Math.Min(value, cap) : value, tally.Count, tally.Late);
    }

    private EventTiming Timing(long first, ReadOnlySpan<EventRow> events)
    {
        long before = 0, within = 0, after = 0;
        foreach (ref readonly var row in events)
        {
            if (!InPeriod(row.At)) continue;
            var name = Array.IndexOf(_names, row.Name);
            if (name < 0) continue;
            if (row.At < first) before++;
            else if (row.At < first + _longestByName[name]) within++;
            else after++;
        }

        return new EventTiming(before, within, after, 0);
    }

    private long CountSeen(ReadOnlySpan<EventRow> events)
    {
        long seen = 0;
        foreach (ref readonly var row in events) seen += Sees(row.Name, row.At) ? 1 : 0;
        return seen;
    }

    private ImmutableArray<double> Pairs(ReadOnlySpan<CovariateRow> covariates)
    {
        if (View.Covariates.IsEmpty) return [];
        var pairs = new double[2 * View.Covariates.Length];
        for (var i = 0; i < View.Covariates.Length; i++)
        {
            pairs[(2 * i) + 1] = 1;
            foreach (var row in covariates)
            {
                if (row.Covariate != View.Covariates[i]) continue;
                pairs[2 * i] = row.Value;
                pairs[(2 * i) + 1] = 0;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(pairs);
    }
}
