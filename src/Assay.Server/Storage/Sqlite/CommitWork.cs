using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Sqlite;

/// <summary>One commit on its way: items are judged in order, then the touched units are measured without and with their new rows.</summary>
internal sealed class CommitWork(UnitDirectory units, NameDirectory names, EventRows rows, Drafts drafts)
{
    private readonly Dictionary<string, UnitWork> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<(int? Scope, string Id), EventContent> _eventIds = [];
    private readonly Dictionary<(int Experiment, string Id), ExposureContent> _exposureIds = [];
    private readonly List<NewExposure> _exposures = [];
    private readonly List<NewEvent> _events = [];
    private readonly List<NewCovariate> _covariates = [];
    private readonly List<ViewDraft> _concerned = [];

    /// <summary>Whether anything is to be stored.</summary>
    public bool HasRows => _exposures.Count + _events.Count + _covariates.Count > 0;

    /// <summary>Judges a batch's items; what is recorded takes part in judging the next.</summary>
    public ImmutableArray<ItemFate> Accept(Batch batch)
    {
        var own = batch.Experiment is { } key ? drafts.Of(key) : null;
        var day = Maturity.DayOf(batch.ArrivedAt);
        var fates = ImmutableArray.CreateBuilder<ItemFate>(batch.Count);
        foreach (var item in batch.Exposures)
        {
            var fate = Accept(item, Owner(own), batch.ArrivedAt);
            own!.Count(item.Variation, day, ReceiptTotals.One(fate));
            if (fate != ItemFate.Conflict) own.Saw(item.At);
            fates.Add(fate);
        }

        foreach (var item in batch.Events)
        {
            var scope = item.Scope is { } named ? drafts.Of(named) : null;
            drafts.Concerned(item, scope, _concerned);
            var fate = Accept(item, scope, batch.ArrivedAt);
            foreach (var view in _concerned)
            {
                view.Count(ReceiptTotals.NoVariation, day, ReceiptTotals.One(fate));
                if (fate != ItemFate.Conflict && view.State.Sees(item.Name, item.At)) view.Saw(item.At);
            }

            fates.Add(fate);
        }

        foreach (var item in batch.Covariates)
        {
            var fate = Accept(item, Owner(own));
            own!.Count(ReceiptTotals.NoVariation, day, ReceiptTotals.One(fate));
            fates.Add(fate);
        }

        foreach (var refused in batch.Refused)
            own?.Count(refused.Variation is >= -1 and { } variation ? variation : ReceiptTotals.NoVariation, day, new ReceiptTotals(refused.Count, 0, refused.Count));
        return fates.MoveToImmutable();
    }

    /// <summary>Writes the new rows, neighbours together, and exchanges what their units contribute.</summary>
    public void Apply(long batch)
    {
        var item = 0;
        _exposures.Sort((a, b) => a.Unit.Unit!.Value.CompareTo(b.Unit.Unit!.Value));
        foreach (var row in _exposures) rows.Add(row.Unit.Unit!.Value, batch, item++, row.Experiment, row.Item, row.Hash, row.ArrivedAt);
        _events.Sort((a, b) => a.Unit.Unit!.Value.CompareTo(b.Unit.Unit!.Value));
        foreach (var row in _events) rows.Add(row.Unit.Unit!.Value, batch, item++, row.Name, row.Scope, row.Item, row.Hash, row.ArrivedAt);
        foreach (var row in _covariates) rows.Add(row.Unit.Unit!.Value, batch, row.Experiment, row.Name, row.Value);
        foreach (var unit in _units.Values) unit.Exchange();
    }

    /// <summary>The transaction is on disk.</summary>
    public void Keep()
    {
        foreach (var unit in _units.Values)
            if (unit.Unit is { } number) units.Remember(unit.UserId, number);
    }

    private static ViewDraft Owner(ViewDraft? own) => own ?? throw new ArgumentException("Exposures and covariates belong to an experiment.", nameof(own));

    private ItemFate Accept(ExposureItem item, ViewDraft view, long arrivedAt)
    {
        long? hash = null;
        if (item.Id is { } id)
        {
            hash = Fingerprint.Of(view.State.Id, id);
            var content = ExposureContent.Of(item);
            var known = _exposureIds.GetValueOrDefault((view.State.Id, id)) ?? rows.FindExposure(view.State.Id, id, hash.Value);
            if (known is not null) return known == content ? ItemFate.Duplicate : ItemFate.Conflict;
            _exposureIds.Add((view.State.Id, id), content);
        }

        var unit = Loaded(item.UserId);
        var inView = unit.In(view);
        if (item.Id is null && inView.Repeats(item)) return ItemFate.Duplicate;
        Number(unit);
        inView.Add(new ExposureRow(item.At, item.Variation, item.Id ?? ""), item.ClientAt);
        inView.IsTouched = true;
        view.Touch();
        _exposures.Add(new NewExposure(unit, view.State.Id, item, hash, arrivedAt));
        return ItemFate.Recorded;
    }

    private ItemFate Accept(EventItem item, ViewDraft? scope, long arrivedAt)
    {
        long? hash = null;
        if (item.Id is { } id)
        {
            hash = Fingerprint.Of(scope?.State.Id ?? 0, id);
            var content = EventContent.Of(item);
            var known = _eventIds.GetValueOrDefault((scope?.State.Id, id)) ?? rows.FindEvent(scope?.State.Id, id, hash.Value);
            if (known is not null) return known == content ? ItemFate.Duplicate : ItemFate.Conflict;
            _eventIds.Add((scope?.State.Id, id), content);
        }

        var name = names.Resolve(item.Name);
        names.Saw(name, item.At);
        var isUsed = drafts.IsUsed(item.Name);
        var unit = isUsed ? Loaded(item.UserId) : Find(item.UserId);
        Number(unit);
        if (isUsed) unit.Events.Add(new EventRow(names.Text(name), item.At, item.Value, arrivedAt, item.Properties));
        foreach (var view in _concerned)
        {
            if (!view.State.Sees(item.Name, item.At)) continue;
            view.CountEvent(item.Name, item.Value);
            view.Touch();
            unit.In(view).IsTouched = true;
        }

        _events.Add(new NewEvent(unit, name, scope?.State.Id, item, hash, arrivedAt));
        return ItemFate.Recorded;
    }

    private ItemFate Accept(CovariateItem item, ViewDraft view)
    {
        var unit = Loaded(item.UserId);
        var inView = unit.In(view);
        if (inView.Covariate(item.Covariate) is { } known) return known == item.Value ? ItemFate.Duplicate : ItemFate.Conflict;
        Number(unit);
        inView.Add(new CovariateRow(item.Covariate, item.Value));
        inView.IsTouched = true;
        view.Touch();
        _covariates.Add(new NewCovariate(unit, view.State.Id, names.Resolve(item.Covariate), item.Value));
        return ItemFate.Recorded;
    }

    private UnitWork Find(string userId)
    {
        if (_units.TryGetValue(userId, out var unit)) return unit;
        unit = new UnitWork(userId, units.Find(userId));
        _units.Add(userId, unit);
        return unit;
    }

    private UnitWork Loaded(string userId)
    {
        var unit = Find(userId);
        if (unit.IsLoaded) return unit;
        rows.Load(unit, drafts.Of, drafts.IsUsed);
        unit.MarkStored();
        unit.IsLoaded = true;
        return unit;
    }

    private void Number(UnitWork unit) => unit.Unit ??= units.Add(unit.UserId);

    private sealed record NewExposure(UnitWork Unit, int Experiment, ExposureItem Item, long? Hash, long ArrivedAt);

    private sealed record NewEvent(UnitWork Unit, int Name, int? Scope, EventItem Item, long? Hash, long ArrivedAt);

    private sealed record NewCovariate(UnitWork Unit, int Experiment, int Name, double Value);
}
