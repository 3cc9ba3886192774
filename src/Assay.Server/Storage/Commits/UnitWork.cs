using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>A unit that a commit touches: its stored rows, followed by the new ones.</summary>
internal sealed class UnitWork(string userId)
{
    /// <summary>A unit of more rows is seldom, and would keep its room for all that come after it.</summary>
    private const int MostKept = 64;

    private readonly List<UnitInView> _views = [];
    private readonly Stack<UnitInView> _spare = [];
    private ArrayBufferWriter<byte>? _newRows;

    public string UserId { get; private set; } = userId;

    /// <summary>Null until the unit has a stored row.</summary>
    public long? Unit { get; set; }

    /// <summary>Of a person that is measured as one unit, the numbers of its units; otherwise empty.</summary>
    public ImmutableArray<long> Members { get; init; } = [];

    /// <summary>Whether it is measured as one with others.</summary>
    public bool IsOfPerson { get; set; }

    /// <summary>Its rows by experiment.</summary>
    public List<UnitInView> Views => _views;

    /// <summary>Whether what is remembered of it is here.</summary>
    public bool IsRecalled { get; set; }

    /// <summary>Whether it has its number, if it was ever stored.</summary>
    public bool IsFound { get; set; }

    /// <summary>Whether it is to be measured with what is stored of it.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>Whether all that is stored of it and can be needed is here.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Its stored events, once it is loaded.</summary>
    public List<EventRow> StoredEvents { get; } = [];

    /// <summary>Those that the commit adds.</summary>
    public List<EventRow> NewEvents { get; } = [];

    /// <summary>What the engine knows it by.</summary>
    public UInt128 Fingerprint { get; private set; }

    /// <summary>Its stored rows as the engine remembers them; null where it does not.</summary>
    public byte[]? Rows { get; set; }

    /// <summary>Of a unit of many events, what they come to (<see cref="PackedTallies"/>): <see cref="StoredEvents"/> are then left out.</summary>
    public byte[]? Tallies { get; set; }

    /// <summary>The rows that the commit adds, in the form of <see cref="Rows"/>.</summary>
    public ArrayBufferWriter<byte> NewRows => _newRows ??= new ArrayBufferWriter<byte>(64);

    /// <summary>The rows that the commit has added so far.</summary>
    public ReadOnlySpan<byte> AddedRows => _newRows is null ? [] : _newRows.WrittenSpan;

    public UnitInView In(ViewDraft view)
    {
        foreach (var known in _views)
            if (known.View == view) return known;
        if (_spare.TryPop(out var added)) added.Begin(view);
        else added = new UnitInView(view);
        _views.Add(added);
        return added;
    }

    /// <summary>Becomes another unit, of which nothing is known yet.</summary>
    public void Begin(string userId, UInt128 fingerprint) => (UserId, Fingerprint) = (userId, fingerprint);

    /// <summary>The commit is over: nothing of the unit is kept but the room that it took.</summary>
    public void Forget()
    {
        (UserId, Fingerprint) = ("", default);
        (Unit, IsOfPerson, Rows, Tallies) = (null, false, null, null);
        (IsRecalled, IsFound, IsNeeded, IsLoaded) = (false, false, false, false);
        Empty(StoredEvents);
        Empty(NewEvents);
        if (_newRows?.Capacity > MostKept * MostKept) _newRows = null;
        _newRows?.ResetWrittenCount();
        foreach (var view in _views)
        {
            if (view.Exposures.Length > MostKept) continue;
            view.Forget();
            _spare.Push(view);
        }

        _views.Clear();
    }

    /// <summary>What has been loaded so far is what is stored.</summary>
    public void MarkStored()
    {
        foreach (var view in _views) view.MarkStored();
    }

    /// <summary>Measures the unit with and without its new rows wherever that can differ.</summary>
    /// <param name="lane">The lane that does it.</param>
    /// <param name="loadEvents">Fetches the stored events that were left out.</param>
    /// <param name="excludedBefore">Who is excluded from what is served.</param>
    /// <param name="excludedAfter">Who is excluded from now on.</param>
    public void Exchange(int lane, Action<UnitWork> loadEvents, ExcludedUnits excludedBefore, ExcludedUnits excludedAfter)
    {
        var hasEvents = Tallies is null;
        foreach (var view in _views)
        {
            if (!view.IsTouched || view.View.State.Measure is not { } measure) continue;
            var tally = Tallies is null ? null : PackedTallies.Find(Tallies, view.View.State.Id, measure, view.StoredExposures, view.Spare);
            if (!hasEvents && tally?.Fits(measure, view.Exposures) != true)
            {
                loadEvents(this);
                (hasEvents, tally) = (true, null);
            }

            tally ??= measure.Tally(view.StoredExposures, CollectionsMarshal.AsSpan(StoredEvents), view.Spare);
            var before = tally.ToMeasurement(view.StoredExposures, view.StoredCovariates);
            if (!tally.Fits(measure, view.Exposures)) tally = measure.Tally(view.Exposures, CollectionsMarshal.AsSpan(StoredEvents));
            Add(NewEvents, tally);
            var after = tally.ToMeasurement(view.Exposures, view.Covariates);
            var experiment = view.View.State.Id;
            view.View.Exchange(
                IsExcluded(excludedBefore, experiment) ? UnitMeasurement.Exclude(before) : before,
                IsExcluded(excludedAfter, experiment) ? UnitMeasurement.Exclude(after) : after,
                lane);
            view.Tally = tally;
        }
    }

    /// <summary>Takes the unit out of an experiment: its contribution and its events.</summary>
    /// <returns>Whether the experiment had any row of it.</returns>
    public bool Leave(ViewDraft draft, ExcludedUnits excluded)
    {
        var view = In(draft);
        var measure = draft.State.Measure!;
        var isSeen = !view.Exposures.IsEmpty || !view.Covariates.IsEmpty;
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(StoredEvents))
        {
            if (!measure.Sees(row.Name, row.At)) continue;
            draft.UncountEvent(row.Name, row.Value);
            isSeen = true;
        }

        if (!isSeen) return false;
        draft.Exchange(Contribution(draft, excluded), null);
        draft.Erase();
        return true;
    }

    /// <summary>What all of its rows contribute to an opened experiment.</summary>
    public UnitMeasurement? Contribution(ViewDraft draft, ExcludedUnits excluded)
    {
        var view = In(draft);
        var tally = draft.State.Measure!.Tally(view.Exposures, CollectionsMarshal.AsSpan(StoredEvents));
        Add(NewEvents, tally);
        var measured = tally.ToMeasurement(view.Exposures, view.Covariates);
        return IsExcluded(excluded, draft.State.Id) ? UnitMeasurement.Exclude(measured) : measured;
    }

    /// <summary>What its events come to in the experiments that the commit has measured it for, and in those that were known before.</summary>
    public void WriteTallies(ArrayBufferWriter<byte> into) => PackedTallies.Write(Tallies, _views, into);

    private static void Add(List<EventRow> events, UnitTally tally)
    {
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(events)) tally.Add(row);
    }

    private static void Empty(List<EventRow> events)
    {
        events.Clear();
        if (events.Capacity > MostKept) events.Capacity = 0;
    }

    /// <summary>A person is excluded when any of its units is.</summary>
    private bool IsExcluded(ExcludedUnits excluded, int experiment)
    {
        if (Members.IsEmpty) return excluded.Excludes(Unit!.Value, experiment);
        foreach (var member in Members)
            if (excluded.Excludes(member, experiment)) return true;
        return false;
    }
}
