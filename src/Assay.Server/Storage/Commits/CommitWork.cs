using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>One commit on its way: items are judged in order, then the touched units are measured without and with their new rows, those of each lane by themselves.</summary>
/// <param name="stored">What is stored already.</param>
/// <param name="drafts">The experiments of the commit.</param>
/// <param name="links">Who is one person before it.</param>
/// <param name="horizon">The time before which rows have gone, and items are refused.</param>
/// <param name="room">Cleared, and not to be used by another commit as long as anything of this one is needed.</param>
internal sealed class CommitWork(IStoredRows stored, Drafts drafts, LinkedUnits links, CommitRoom room, long horizon = long.MinValue)
{
    private readonly Dictionary<long, UnitWork> _linked = [];
    private readonly List<ViewDraft> _concerned = [];

    /// <summary>Exposures to be stored, in the order they were judged.</summary>
    public List<NewExposure> Exposures => room.Exposures;

    /// <summary>Events to be stored, in the order they were judged.</summary>
    public List<NewEvent> Events => room.Events;

    /// <summary>Covariates to be stored.</summary>
    public IReadOnlyList<NewCovariate> Covariates => room.Covariates;

    /// <summary>Every unit that an item named, by lane.</summary>
    public ReadOnlySpan<UnitLane> Units => room.Units;

    /// <summary>How many that are.</summary>
    public int UnitCount
    {
        get
        {
            var count = 0;
            foreach (var lane in room.Units) count += lane.Units.Length;
            return count;
        }
    }

    /// <summary>Whether anything is to be stored.</summary>
    public bool HasRows => room.Exposures.Count + room.Events.Count + room.Covariates.Count > 0;

    /// <summary>Judges the items of batches in order; what is recorded takes part in judging the next.</summary>
    public List<ImmutableArray<ItemFate>> Accept(IReadOnlyList<Batch> batches)
    {
        var items = batches.Sum(batch => batch.Exposures.Length + batch.Events.Length);
        CollectionsMarshal.SetCount(room.Named, items);
        Lanes.Run(items, lane => Name(batches, lane));
        var (fates, first) = (new List<ImmutableArray<ItemFate>>(batches.Count), 0);
        foreach (var batch in batches)
        {
            fates.Add(Accept(batch, CollectionsMarshal.AsSpan(room.Named)[first..]));
            first += batch.Exposures.Length + batch.Events.Length;
        }

        return fates;
    }

    private ImmutableArray<ItemFate> Accept(Batch batch, ReadOnlySpan<NamedUnit> named)
    {
        var own = batch.Experiment is { } key ? drafts.Of(key) : null;
        var day = Maturity.DayOf(batch.ArrivedAt);
        var fates = ImmutableArray.CreateBuilder<ItemFate>(batch.Count);
        foreach (var item in batch.Exposures)
        {
            var fate = Accept(item, named[fates.Count].Unit, Owner(own), batch.ArrivedAt);
            own!.Count(item.Variation, day, fate);
            if (IsKnown(fate)) own.Saw(item.At);
            fates.Add(fate);
        }

        foreach (var item in batch.Events)
        {
            var scope = item.Scope is { } experiment ? drafts.Of(experiment) : null;
            drafts.Concerned(item, scope, _concerned);
            var fate = Accept(item, named[fates.Count], scope, batch.ArrivedAt);
            foreach (var view in _concerned)
            {
                view.Count(ReceiptKey.NoVariation, day, fate);
                if (IsKnown(fate) && view.State.Sees(item.Name, item.At)) view.Saw(item.At);
            }

            fates.Add(fate);
        }

        foreach (var item in batch.Covariates)
        {
            var fate = Accept(item, Owner(own));
            own!.Count(ReceiptKey.NoVariation, day, fate);
            fates.Add(fate);
        }

        foreach (var refused in batch.Refused)
            own?.Count(refused.Variation is >= -1 and { } variation ? variation : ReceiptKey.NoVariation, day, new ReceiptTotals(refused.Count, 0, refused.Count));
        return fates.MoveToImmutable();
    }

    /// <summary>Has a unit measured with all of its rows for experiments, whether it has new ones or not.</summary>
    public void Concern(string userId, IEnumerable<ViewState> views)
    {
        var unit = Loaded(userId);
        foreach (var view in views) unit.In(drafts.Of(view.Id)).IsTouched = true;
    }

    /// <summary>Has a unit that will be one with others, or no longer, measured from its rows.</summary>
    public void ConcernWhole(UnitWork unit, IEnumerable<ViewState> views)
    {
        if (unit.Tallies is not null) (unit.Rows, unit.Tallies) = (null, null);
        Concern(unit.UserId, views);
    }

    /// <summary>Takes out all that a person contributes. The rows are the engine's to remove.</summary>
    /// <param name="units">All units that are the person, the one that gives the name first.</param>
    /// <param name="views">The experiments that may have something of it.</param>
    /// <param name="excluded">Who is excluded.</param>
    /// <returns>Those that had.</returns>
    public IReadOnlyList<ViewDraft> Erase(IReadOnlyList<UnitWork> units, IEnumerable<ViewState> views, ExcludedUnits excluded)
    {
        foreach (var unit in units)
        {
            // Measured from what is stored, whatever is remembered of it.
            (unit.Rows, unit.Tallies) = (null, null);
            Loaded(unit.UserId);
        }

        var person = PersonWork.Of(units);
        return [.. views.Select(view => drafts.Of(view.Id)).Where(draft => person.Leave(draft, excluded))];
    }

    /// <summary>The unit of a number.</summary>
    public UnitWork Find(long unit)
    {
        if (!_linked.TryGetValue(unit, out var found)) _linked.Add(unit, found = Find(stored.UserOf(unit)));
        return found;
    }

    /// <summary>The unit of a text.</summary>
    /// <param name="userId">The text.</param>
    /// <param name="numbers">Whether one that was never seen gets its number now.</param>
    public UnitWork Find(string userId, bool numbers)
    {
        var unit = Find(userId);
        if (numbers) Number(unit);
        return unit;
    }

    /// <summary>Exchanges what the touched units, and the persons that they are of, contribute.</summary>
    /// <param name="before">Who is one person, and excluded, in what is served.</param>
    /// <param name="after">Who is from now on.</param>
    public void Exchange(People before, People after)
    {
        var (known, changed) = (before.Links, ReferenceEquals(before.Links, after.Links) ? null : after.Links);
        Action<UnitWork> loadEvents = LoadEvents;
        Func<int, ViewDraft?> viewOf = drafts.TryFind;
        Lanes.Run(UnitCount, lane =>
        {
            foreach (var unit in room.Units[lane].Units)
            {
                unit.IsOfPerson = unit.Unit is { } number && (known.Holds(number) || changed?.Holds(number) == true);
                if (unit.IsOfPerson) continue;
                if (unit.IsNeeded) Load(unit, viewOf);
                unit.Exchange(lane, loadEvents, before.Excluded, after.Excluded);
            }
        });
        if (known.Count > 0 || changed is not null) ExchangePersons(before, after);
        foreach (var draft in drafts.All) draft.Join();
    }

    /// <summary>A person may have units of several lanes.</summary>
    private void ExchangePersons(People before, People after)
    {
        var touched = new HashSet<long>();
        foreach (var lane in room.Units)
        {
            foreach (var unit in lane.Units)
            {
                if (!unit.IsOfPerson) continue;
                _linked[unit.Unit!.Value] = Found(unit);
                if (unit.IsNeeded) Load(unit, drafts.Of);
                if (unit.Views.Any(view => view.IsTouched)) touched.Add(unit.Unit.Value);
            }
        }

        if (touched.Count > 0) new PersonWork(unit => Loaded(Find(unit)), LoadEvents).Exchange(touched, before, after);
    }

    /// <summary>Finds the units of one lane that items name, what is remembered of them, and whether the items' ids are new beyond doubt.</summary>
    private void Name(IReadOnlyList<Batch> batches, int lane)
    {
        var (named, next) = (room.Named, 0);
        foreach (var batch in batches)
        {
            foreach (var item in batch.Exposures)
                if (Lanes.Of(item.User) == lane) named[next++] = new NamedUnit(Recalled(room.Units[lane].Of(item.UserId, item.User)), item.Id is not null);
                else next++;
            foreach (var item in batch.Events)
                if (Lanes.Of(item.User) == lane) named[next++] = new NamedUnit(Recalled(room.Units[lane].Of(item.UserId, item.User)), stored.MayHold(item));
                else next++;
        }
    }

    private static ViewDraft Owner(ViewDraft? own) => own ?? throw new ArgumentException("Exposures and covariates belong to an experiment.", nameof(own));

    private static bool IsKnown(ItemFate fate) => fate is ItemFate.Recorded or ItemFate.Duplicate;

    private ItemFate Accept(ExposureItem item, UnitWork unit, ViewDraft view, long arrivedAt)
    {
        if (item.At < horizon || view.State.SealedAt is not null) return ItemFate.BeforeRetention;
        if (item.Id is { } id)
        {
            var known = Judge(room.ExposureIds.GetValueOrDefault((view.State.Id, id)), item) ?? stored.JudgeExposure(view.State.Id, item, Found(unit));
            if (known is { } fate) return fate;
            room.ExposureIds.Add((view.State.Id, id), item);
        }

        var inView = Loaded(Found(unit)).In(view);
        if (item.Id is null && inView.Repeats(item)) return ItemFate.Duplicate;
        Number(unit);
        inView.Add(new ExposureRow(item.At, item.Variation, item.Id ?? "", item.Attributes), item.ClientAt);
        inView.IsTouched = true;
        view.Touch();
        room.Exposures.Add(new NewExposure(unit, view.State.Id, item, arrivedAt));
        return ItemFate.Recorded;
    }

    private ItemFate Accept(EventItem item, NamedUnit named, ViewDraft? scope, long arrivedAt)
    {
        if (item.At < horizon) return ItemFate.BeforeRetention;
        var unit = Found(named.Unit);
        if (item.Stored?.Id is { } id)
        {
            // No experiment has the number 0.
            ref var other = ref CollectionsMarshal.GetValueRefOrAddDefault(room.EventIds, (scope?.State.Id ?? 0, id), out var isTaken);
            if (isTaken) return EventContent.Of(other!).Judge(item);
            if (named.MayBeTaken && stored.JudgeEvent(scope?.State.Id, id, item, unit) is { } fate)
            {
                room.EventIds.Remove((scope?.State.Id ?? 0, id));
                return fate;
            }

            other = item;
        }

        var name = stored.NumberOf(item.Name);
        stored.Saw(name, item.At);
        var isUsed = drafts.IsUsed(item.Name);
        Number(unit);
        if (isUsed)
        {
            // Its rows are needed once, when it is measured; judging an event needs none.
            unit.IsNeeded = true;
            unit.NewEvents.Add(new EventRow(item.Name, item.At, item.Value, arrivedAt, item.Properties));
        }

        foreach (var view in _concerned)
        {
            if (!view.State.Sees(item.Name, item.At)) continue;
            view.CountEvent(item.Name, item.Value);
            view.Touch();
            unit.In(view).IsTouched = true;
        }

        room.Events.Add(new NewEvent(unit, name, scope?.State.Id, item, arrivedAt, isUsed));
        return ItemFate.Recorded;
    }

    private ItemFate Accept(CovariateItem item, ViewDraft view)
    {
        if (view.State.SealedAt is not null) return ItemFate.BeforeRetention;
        var unit = Loaded(item.UserId);
        var inView = unit.In(view);
        if (inView.CovariateOf(item.Covariate) is { } known) return known == item.Value ? ItemFate.Duplicate : ItemFate.Conflict;
        Number(unit);
        inView.Add(new CovariateRow(item.Covariate, item.Value));
        inView.IsTouched = true;
        view.Touch();
        room.Covariates.Add(new NewCovariate(unit, view.State.Id, stored.NumberOf(item.Covariate), item.Value));
        return ItemFate.Recorded;
    }

    private static ItemFate? Judge(ExposureItem? known, ExposureItem item) => known is null ? null : ExposureContent.Of(known).Judge(item);

    private void LoadEvents(UnitWork unit) => stored.LoadEvents(unit, drafts);

    private UnitWork Find(string userId) => Found(Recalled(room.Of(userId, Fingerprint.Of(userId))));

    /// <summary>The unit, with what is remembered of it.</summary>
    private UnitWork Recalled(UnitWork unit)
    {
        if (!unit.IsRecalled) stored.Recall(unit);
        unit.IsRecalled = true;
        return unit;
    }

    /// <summary>The unit, with its number if it was ever stored.</summary>
    private UnitWork Found(UnitWork unit)
    {
        if (unit.IsFound) return unit;
        if (unit.Unit is null) stored.Find(unit);

        // What its events come to by itself tells nothing of the person.
        if (unit.Tallies is not null && links.Holds(unit.Unit!.Value)) (unit.Rows, unit.Tallies) = (null, null);
        unit.IsLoaded = unit.Unit is null;
        unit.IsFound = true;
        return unit;
    }

    private UnitWork Loaded(string userId) => Loaded(Find(userId));

    private UnitWork Loaded(UnitWork unit)
    {
        Load(unit, drafts.Of);
        return unit;
    }

    private void Load(UnitWork unit, Func<int, ViewDraft?> viewOf)
    {
        if (unit.IsLoaded) return;
        stored.Load(unit, drafts, viewOf);
        unit.MarkStored();
        unit.IsLoaded = true;
    }

    private void Number(UnitWork unit)
    {
        if (unit.Unit is null) stored.Add(unit);
    }
}
