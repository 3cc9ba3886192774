using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>One commit on its way: items are judged in order, then the touched units are measured without and with their new rows.</summary>
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

    /// <summary>Every unit that an item named.</summary>
    public Dictionary<UInt128, UnitWork>.ValueCollection Units => room.Units.Values;

    /// <summary>Whether anything is to be stored.</summary>
    public bool HasRows => room.Exposures.Count + room.Events.Count + room.Covariates.Count > 0;

    /// <summary>Judges a batch's items; what is recorded takes part in judging the next.</summary>
    public ImmutableArray<ItemFate> Accept(Batch batch)
    {
        var own = batch.Experiment is { } key ? drafts.Of(key) : null;
        var day = Maturity.DayOf(batch.ArrivedAt);
        var fates = ImmutableArray.CreateBuilder<ItemFate>(batch.Count);
        foreach (var item in batch.Exposures)
        {
            var fate = Accept(item, Owner(own), batch.ArrivedAt);
            own!.Count(item.Variation, day, fate);
            if (IsKnown(fate)) own.Saw(item.At);
            fates.Add(fate);
        }

        foreach (var item in batch.Events)
        {
            var scope = item.Scope is { } named ? drafts.Of(named) : null;
            drafts.Concerned(item, scope, _concerned);
            var fate = Accept(item, scope, batch.ArrivedAt);
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
        HashSet<long>? touched = null;
        var (known, changed) = (before.Links, ReferenceEquals(before.Links, after.Links) ? null : after.Links);
        foreach (var unit in room.Units.Values)
        {
            if (unit.Unit is { } number && (known.Holds(number) || changed?.Holds(number) == true))
            {
                _linked[number] = unit;
                unit.IsOfPerson = true;
                if (unit.Views.Any(view => view.IsTouched)) (touched ??= []).Add(number);
            }
            else
            {
                unit.Exchange(LoadEvents, before.Excluded, after.Excluded);
            }
        }

        if (touched is not null) new PersonWork(unit => Loaded(Find(unit).UserId), LoadEvents).Exchange(touched, before, after);
    }

    private static ViewDraft Owner(ViewDraft? own) => own ?? throw new ArgumentException("Exposures and covariates belong to an experiment.", nameof(own));

    private static bool IsKnown(ItemFate fate) => fate is ItemFate.Recorded or ItemFate.Duplicate;

    private ItemFate Accept(ExposureItem item, ViewDraft view, long arrivedAt)
    {
        if (item.At < horizon || view.State.SealedAt is not null) return ItemFate.BeforeRetention;
        if (item.Id is { } id)
        {
            var known = Judge(room.ExposureIds.GetValueOrDefault((view.State.Id, id)), item) ?? stored.JudgeExposure(view.State.Id, item, Find(item.UserId, item.User));
            if (known is { } fate) return fate;
            room.ExposureIds.Add((view.State.Id, id), item);
        }

        var unit = Loaded(Find(item.UserId, item.User));
        var inView = unit.In(view);
        if (item.Id is null && inView.Repeats(item)) return ItemFate.Duplicate;
        Number(unit);
        inView.Add(new ExposureRow(item.At, item.Variation, item.Id ?? "", item.Attributes), item.ClientAt);
        inView.IsTouched = true;
        view.Touch();
        room.Exposures.Add(new NewExposure(unit, view.State.Id, item, arrivedAt));
        return ItemFate.Recorded;
    }

    private ItemFate Accept(EventItem item, ViewDraft? scope, long arrivedAt)
    {
        if (item.At < horizon) return ItemFate.BeforeRetention;
        if (item.Stored?.Id is { } id)
        {
            var known = Judge(room.EventIds.GetValueOrDefault((scope?.State.Id, id)), item) ?? stored.JudgeEvent(scope?.State.Id, id, item, Find(item.UserId, item.User));
            if (known is { } fate) return fate;
            room.EventIds.Add((scope?.State.Id, id), item);
        }

        var name = stored.NumberOf(item.Name);
        stored.Saw(name, item.At);
        var isUsed = drafts.IsUsed(item.Name);
        var unit = Find(item.UserId, item.User);
        if (isUsed) Loaded(unit);
        Number(unit);
        if (isUsed) unit.Events.Add(new EventRow(item.Name, item.At, item.Value, arrivedAt, item.Properties));
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

    private static ItemFate? Judge(EventItem? known, EventItem item) => known is null ? null : EventContent.Of(known).Judge(item);

    private void LoadEvents(UnitWork unit) => stored.LoadEvents(unit, drafts);

    private UnitWork Find(string userId) => Find(userId, Fingerprint.Of(userId));

    private UnitWork Find(string userId, UInt128 fingerprint)
    {
        if (room.Units.TryGetValue(fingerprint, out var unit)) return unit;
        unit = room.Take(userId, fingerprint);
        stored.Find(unit);

        // What its events come to by itself tells nothing of the person.
        if (unit.Tallies is not null && links.Holds(unit.Unit!.Value)) (unit.Rows, unit.Tallies) = (null, null);
        unit.IsLoaded = unit.Unit is null;
        room.Units.Add(fingerprint, unit);
        return unit;
    }

    private UnitWork Loaded(string userId) => Loaded(Find(userId));

    private UnitWork Loaded(UnitWork unit)
    {
        if (unit.IsLoaded) return unit;
        stored.Load(unit, drafts);
        unit.MarkStored();
        unit.IsLoaded = true;
        return unit;
    }

    private void Number(UnitWork unit)
    {
        if (unit.Unit is null) stored.Add(unit);
    }
}
