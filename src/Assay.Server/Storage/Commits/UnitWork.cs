using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>A unit that a commit touches: its stored rows, followed by the new ones.</summary>
internal sealed class UnitWork(string userId, long? unit)
{
    private readonly List<UnitInView> _views = [];
    private int _storedEvents;

    public string UserId { get; } = userId;

    /// <summary>Null until the unit has a stored row.</summary>
    public long? Unit { get; set; } = unit;

    public bool IsLoaded { get; set; } = unit is null;

    public List<EventRow> Events { get; } = [];

    public UnitInView In(ViewDraft view)
    {
        foreach (var known in _views)
            if (known.View == view) return known;
        var added = new UnitInView(view);
        _views.Add(added);
        return added;
    }

    /// <summary>What has been loaded so far is what is stored.</summary>
    public void MarkStored()
    {
        _storedEvents = Events.Count;
        foreach (var view in _views) view.MarkStored();
    }

    /// <summary>Measures the unit with and without its new rows wherever that can differ.</summary>
    public void Exchange()
    {
        var events = CollectionsMarshal.AsSpan(Events);
        foreach (var view in _views)
        {
            if (!view.IsTouched || view.View.State.Measure is not { } measure) continue;
            view.View.Exchange(view.Measure(measure, events[.._storedEvents], stored: true), view.Measure(measure, events, stored: false));
        }
    }
}

/// <summary>A unit's rows in one experiment.</summary>
internal sealed class UnitInView(ViewDraft view)
{
    private readonly List<ExposureRow> _exposures = [];
    private readonly List<long?> _clientTimes = [];
    private readonly List<CovariateRow> _covariates = [];
    private int _storedExposures;
    private int _storedCovariates;

    public ViewDraft View { get; } = view;

    /// <summary>Whether new rows concern the experiment.</summary>
    public bool IsTouched { get; set; }

    public void Add(in ExposureRow row, long? clientAt)
    {
        _exposures.Add(row);
        _clientTimes.Add(clientAt);
    }

    public void Add(in CovariateRow row) => _covariates.Add(row);

    public void MarkStored()
    {
        _storedExposures = _exposures.Count;
        _storedCovariates = _covariates.Count;
    }

    public UnitMeasurement? Measure(UnitMeasure measure, ReadOnlySpan<EventRow> events, bool stored)
    {
        var exposures = CollectionsMarshal.AsSpan(_exposures);
        var covariates = CollectionsMarshal.AsSpan(_covariates);
        return stored
            ? measure.Measure(exposures[.._storedExposures], events, covariates[.._storedCovariates])
            : measure.Measure(exposures, events, covariates);
    }

    /// <summary>Whether an exposure without an id says nothing new: the client's own repetition, or neither an earlier first time nor another arm.</summary>
    /// <remarks>At the first time itself a lower variation is news, since it would decide the arm.</remarks>
    public bool Repeats(ExposureItem item)
    {
        var (seenVariation, first, firstInArms) = (false, long.MaxValue, (At: long.MaxValue, Variation: int.MaxValue));
        for (var i = 0; i < _exposures.Count; i++)
        {
            var row = _exposures[i];
            if (row.Variation == item.Variation)
            {
                if (item.ClientAt is { } client && client == _clientTimes[i]) return true;
                seenVariation = true;
            }

            first = Math.Min(first, row.At);
            if (row.Variation >= 0 && (row.At, row.Variation).CompareTo(firstInArms) < 0) firstInArms = (row.At, row.Variation);
        }

        var isEarlier = item.At < first || (item.Variation >= 0 && (item.At, item.Variation).CompareTo(firstInArms) < 0);
        return seenVariation && !isEarlier;
    }

    /// <summary>The value already kept for a covariate.</summary>
    public double? Covariate(string name)
    {
        foreach (var row in _covariates)
            if (row.Covariate == name) return row.Value;
        return null;
    }
}
