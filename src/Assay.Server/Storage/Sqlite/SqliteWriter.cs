using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>The one writing connection, and what it last published.</summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private readonly EventDatabase _database;
    private readonly NameDirectory _names;
    private readonly EventRows _rows;
    private readonly ViewRows _views;
    private readonly ExclusionRows _exclusions;
    private readonly LinkRows _links;
    private readonly ArrivalRows _arrivals;
    private readonly CommitRoom _room = new();
    private People _people;
    private bool _isJournalKept;
    private long _batches;
    private volatile ViewIndex _published;

    public SqliteWriter(string connectionString, UnitMemory memory, bool keepsEventIds = false)
    {
        _database = new EventDatabase(connectionString, cacheMebibytes: 32);
        _names = new NameDirectory(_database);
        _rows = new EventRows(_database, _names, memory, keepsEventIds);
        _views = new ViewRows(_database);
        _exclusions = new ExclusionRows(_database);
        _links = new LinkRows(_database);
        _arrivals = new ArrivalRows(_database);
        _people = new People(_exclusions.Load(), _links.Load());
        _retention = new RetentionRows(_database);
        _rows.Horizon = _retention.Horizon();

        // An erasure may have ended between its commit and the journal.
        _isJournalKept = !Journal.TryEmpty(_database);
        _batches = _database.Number("select ifnull(max(batch), 0) from commits");
        _published = new ViewIndex(_database.Number("select ifnull(max(watermark), 0) from commits"), _views.Load());
    }

    /// <summary>The state of the last commit on disk.</summary>
    public ViewIndex Published => _published;

    /// <summary>Commits batches in one transaction; when it throws, nothing has changed on disk or here.</summary>
    public ImmutableArray<BatchOutcome> Commit(IReadOnlyList<Batch> batches, long now)
    {
        var drafts = new Drafts(_published, _views.Add);
        var work = new CommitWork(_rows, drafts, _people.Links, Room(), _rows.Horizon);
        var (watermark, fates) = Write(() =>
        {
            _rows.Begin();
            var judged = work.Accept(batches);
            var number = _published.Watermark + (work.HasRows ? 1 : 0);
            if (work.HasRows)
            {
                _rows.Take(work, _batches + 1);
                work.Exchange(_people, _people);
                _rows.Save();
                drafts.CompactThrough(Maturity.CompactedThrough(now));
                _names.Save();
            }

            foreach (var view in drafts.All) _views.Save(view, _names, number);
            _arrivals.Save(drafts.All.Select(ArrivalChange.Of), number, now);
            if (work.HasRows) Number(number, now);
            return (number, judged);
        }, work, out var remembering);

        // On disk: from here on nothing may make it look as if it were not.
        if (work.HasRows) _batches++;
        _published = _published.With(watermark, [.. drafts.Changed.Select(view => view.ToState(watermark))]);
        remembering.GetAwaiter().GetResult();

        // Whatever it named is let go as early as can be, and dies young.
        _room.Clear();
        if (_isJournalKept) _isJournalKept = !Journal.TryEmpty(_database);
        return [.. fates.Select(batch => new BatchOutcome(batch, watermark))];
    }

    /// <summary>Begins to maintain an experiment, or replaces its view; the same view again changes nothing.</summary>
    public void Open(ExperimentView view, long now)
    {
        var known = _published.Find(view.Key);
        if (Opening.IsDone(known, view)) return;
        Opening.Admit(known, view, _rows.Horizon);
        var watermark = _published.Watermark + 1;
        var state = Write(() =>
        {
            var next = Opening.Begin(known ?? new ViewState(_published.NextId, view.Key), view, now, watermark);
            if (known is null) _views.Add(next.Id, view.Key);
            if (Opening.ChangesAnything(known, view, _names.LastAt))
            {
                var measured = UnitScan.Run(_database, next.Id, next.Measure!, next.CompactedThrough);
                _views.Replace(next.Id, measured, _names);
                next = Opening.Take(next, measured);
            }

            _views.SaveView(next.Id, view);
            _views.SaveProgress(next);
            _arrivals.Save([ArrivalChange.OfOpening(known, next)], watermark, now);
            Number(watermark, now);
            return next;
        });
        _batches++;
        _rows.ForgetKnown();
        _published = _published.With(watermark, [state]);
    }

    /// <summary>Makes or lifts exclusions in one transaction; where none changes there is no commit.</summary>
    public BatchOutcome Exclude(ExclusionBatch batch, long now)
    {
        var drafts = new Drafts(_published, _views.Add);
        var work = new CommitWork(_rows, drafts, _people.Links, Room());
        var exclusions = new ExclusionWork(work, drafts, _published, _people);
        var watermark = _published.Watermark + 1;
        var (fates, excluded) = Write(() =>
        {
            var judged = exclusions.Accept(batch);
            if (exclusions.Changes.Count == 0) return (judged, _people.Excluded);
            var next = exclusions.Exchange(watermark);
            _rows.Save();
            foreach (var view in drafts.All) _views.Save(view, _names, watermark);
            _arrivals.Save(drafts.All.Select(ArrivalChange.Of), watermark, now);
            _exclusions.Save(exclusions.Changes, watermark, now);
            _exclusions.Audit(HygieneAudit.Of(batch, exclusions.Changes, id => drafts.Of(id).State.Key, watermark, now));
            Number(watermark, now);
            return (judged, next);
        });
        if (exclusions.Changes.Count == 0) return new BatchOutcome(fates, _published.Watermark);
        _batches++;
        _people = _people with { Excluded = excluded };
        _published = _published.With(watermark, [.. drafts.Changed.Select(view => view.ToState(watermark))]);
        _rows.Remember(work);
        return new BatchOutcome(fates, watermark);
    }

    /// <summary>Erases a person in one transaction; null where the id is not known.</summary>
    public ErasedUnit? Erase(string userId, string actor, long now)
    {
        var drafts = new Drafts(_published, _views.Add);
        var work = new CommitWork(_rows, drafts, _people.Links, Room());
        if (work.Find(userId, numbers: false) is not { Unit: { } number } found) return null;
        List<UnitWork> units = _people.Links.Holds(number) ? _people.Links.UnitsOf(_people.Links.PersonOf(number)).ConvertAll(unit => work.Find(unit)) : [found];
        var numbers = units.ConvertAll(unit => unit.Unit!.Value);
        var watermark = _published.Watermark + 1;
        var (erased, exclusions) = Write(() =>
        {
            var left = work.Erase(units, _published.Opened, _people.Excluded);
            var rows = units.ConvertAll(_rows.Erase).Aggregate((one, other) => one.Plus(other));
            var removed = numbers.SelectMany(_exclusions.Remove).ToList();
            var links = numbers.Sum(_links.Remove);
            foreach (var view in left)
            {
                _views.Save(view, _names, watermark);
                _views.SaveErased(view);
            }

            _arrivals.Save(left.Select(ArrivalChange.Of), watermark, now);
            var result = new ErasedUnit(numbers[0], [.. numbers], rows, removed.Count, links, [.. left.Select(view => view.State.Key).Order(StringComparer.Ordinal)], _published.Sealed.Count(), watermark);
            foreach (var unit in numbers) _database.Prepare("insert into erasures (watermark, unit, at) values (?, ?, ?)").Bind(1, watermark).Bind(2, unit).Bind(3, now).Run();
            _exclusions.Audit(HygieneAudit.Of(result, actor, now));
            Number(watermark, now);
            return (result, removed);
        });
        _batches++;
        _rows.Forget();
        _rows.ForgetKnown();
        _people = new People(_people.Excluded.With(_people.Excluded.Watermark, exclusions), _people.Links.Without(watermark, numbers));
        _published = _published.With(watermark, [.. drafts.Changed.Select(view => view.ToState(watermark))]);
        _isJournalKept = !Journal.TryEmpty(_database);
        return erased;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>For one commit, of which all is done before the next.</summary>
    private CommitRoom Room()
    {
        _room.Clear();
        return _room;
    }

    /// <summary>Writes, and remembers meanwhile what the commit's units have come to; when nothing is written, nothing is remembered.</summary>
    private T Write<T>(Func<T> write, CommitWork work, out Task remembering)
    {
        var started = Task.CompletedTask;
        try
        {
            return Write(() =>
            {
                var written = write();
                started = Task.Run(() => _rows.Remember(work));
                return written;
            });
        }
        catch
        {
            if (started != Task.CompletedTask)
            {
                Task.WaitAny(started);
                _rows.ForgetKnown();
            }

            throw;
        }
        finally
        {
            remembering = started;
        }
    }

    private T Write<T>(Func<T> work)
    {
        try
        {
            var result = _database.Write(work);
            _names.Keep();
            _rows.Keep();
            return result;
        }
        catch
        {
            _rows.Forget();
            _names.Forget();
            throw;
        }
    }

    /// <summary>Gives the commit its number: the last statement of its transaction.</summary>
    private void Number(long watermark, long now) =>
        _database.Prepare("insert into commits (batch, watermark, committed_at) values (?, ?, ?)").Bind(1, _batches + 1).Bind(2, watermark).Bind(3, now).Run();
}
