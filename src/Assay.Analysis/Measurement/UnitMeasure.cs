using System.Collections.Immutable;

namespace Assay.Analysis.Measurement;

/// <summary>Interprets an experiment's metric plans over the rows of one unit.</summary>
/// <remarks>An experiment sees the events whose name one of its metrics uses, with a time in [started_at, closes_at).</remarks>
public sealed class UnitMeasure
{
    private static long _made;

    private readonly string[] _names;
    private readonly int[] _nameByPlan;
    private readonly long[] _longestByName;
    private readonly long[] _windows;
    private readonly long[] _from;
    private readonly long[] _age;
    private readonly UnitSlices _slices;

    /// <summary>Prepares the measure of a view's units.</summary>
    public UnitMeasure(ExperimentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        View = view;
        _names = [.. view.Plans.Select(plan => plan.Event).Distinct(StringComparer.Ordinal)];
        _nameByPlan = [.. view.Plans.Select(plan => IndexOf(plan.Event))];
        _windows = [.. view.Plans.Select(plan => Maturity.Microseconds(plan.Window))];
        _from = [.. view.Plans.Select(plan => plan.Aggregate == Aggregate.Between ? Maturity.Microseconds(plan.From) : 0)];
        _age = [.. view.Plans.Select(plan => Maturity.Microseconds(plan.Age ?? TimeSpan.Zero))];
        Ages = view.Plans.Sum(plan => plan.Ages);
        _longestByName = [.. _names.Select(name => view.Plans.Where(plan => plan.Event == name).Max(plan => Maturity.Microseconds(plan.Window)))];
        Longest = view.Plans.Select(plan => plan.Window).DefaultIfEmpty().Max();
        _slices = new UnitSlices(view.Segments);
    }

    /// <summary>Tells it from every other measure of this process.</summary>
    internal long Stamp { get; } = Interlocked.Increment(ref _made);

    /// <summary>The view that is measured for.</summary>
    public ExperimentView View { get; }

    /// <summary>Names of the events that some metric uses, each once.</summary>
    public ImmutableArray<string> Names => [.. _names];

    /// <summary>The longest window of any metric.</summary>
    internal TimeSpan Longest { get; }

    /// <summary>What a unit contributes, or null when it contributes nothing: no exposure and no event that the experiment sees.</summary>
    public static UnitMeasurement? Measure(ExperimentView view, UnitRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new UnitMeasure(view).Measure([.. rows.Exposures], [.. rows.Events], [.. rows.Covariates]);
    }

    /// <summary>Whether an event of this name and time is one that the experiment sees.</summary>
    public bool Sees(string name, long at) => InPeriod(at) && IndexOf(name) >= 0;

    /// <summary>What a unit contributes, or null when it contributes nothing: no exposure and no event that the experiment sees.</summary>
    public UnitMeasurement? Measure(ReadOnlySpan<ExposureRow> exposures, ReadOnlySpan<EventRow> events, ReadOnlySpan<CovariateRow> covariates) =>
        Tally(exposures, events).ToMeasurement(exposures, covariates);

    /// <summary>Counts a unit's events so that others can be added.</summary>
    /// <param name="exposures">All of its exposures.</param>
    /// <param name="events">Its events.</param>
    /// <param name="spare">A tally that is needed no more: it is what is returned.</param>
    public UnitTally Tally(ReadOnlySpan<ExposureRow> exposures, ReadOnlySpan<EventRow> events, UnitTally? spare = null)
    {
        var (tally, first) = (spare, FirstOf(exposures));
        if (tally is null) tally = new UnitTally(this, first);
        else tally.Begin(this, first);
        foreach (ref readonly var row in events) tally.Add(row);
        return tally;
    }

    /// <summary>The earliest exposure to an arm by (time, variation, id): the one that decides arm and slices.</summary>
    internal static ExposureRow? FirstOf(ReadOnlySpan<ExposureRow> exposures)
    {
        ExposureRow? first = null;
        foreach (var exposure in exposures)
        {
            if (exposure.Variation < 0) continue;
            if (first is not { } known || Precedes(exposure, known)) first = exposure;
        }

        return first;
    }

    /// <summary>Whether a unit was exposed, or held out, before those that count.</summary>
    internal bool IsOfBefore(ReadOnlySpan<ExposureRow> exposures)
    {
        if (View.UnitsFrom is not { } from) return false;
        foreach (var exposure in exposures)
            if (exposure.At < from) return true;
        return false;
    }

    internal bool InPeriod(long at) => at >= View.StartedAt && (View.ClosesAt is not { } closes || at < closes);

    /// <summary>The place of a name among those that some metric uses; −1 for any other.</summary>
    internal int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <summary>The longest window, microseconds, of the metrics that use a name.</summary>
    internal long LongestOf(int name) => _longestByName[name];

    /// <summary>Ages of all plans.</summary>
    internal int Ages { get; }

    /// <summary>The age of a unit at the time of an event that counts.</summary>
    internal int AgeAt(int plan, long first, long at) => (int)((at - first) / _age[plan]);

    internal ImmutableArray<string> SlicesOf(string? attributes) => _slices.Of(attributes);

    internal long MaturesAt(int plan, long first) => Maturity.MaturesAt(first, View.Plans[plan].Window);

    /// <summary>Whether an event inside the period counts for a metric.</summary>
    internal bool Counts(int plan, int name, long first, in EventRow row) =>
        name == _nameByPlan[plan] && row.At >= first + _from[plan] && row.At < first + _windows[plan]
        && (View.Plans[plan].Filter is not { } filter || PropertyMatch.Passes(filter, row.Properties));

    private static bool Precedes(in ExposureRow a, in ExposureRow b)
    {
        if (a.At != b.At) return a.At < b.At;
        if (a.Variation != b.Variation) return a.Variation < b.Variation;
        var ids = string.CompareOrdinal(a.Id, b.Id);
        return ids != 0 ? ids < 0 : string.CompareOrdinal(a.Attributes, b.Attributes) < 0;
    }
}
