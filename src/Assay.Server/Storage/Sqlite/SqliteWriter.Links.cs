using System.Collections.Immutable;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    /// <summary>Makes or lifts links in one transaction; where none changes there is no commit.</summary>
    public ImmutableArray<LinkOutcome> Link(IReadOnlyList<LinkBatch> batches, long now)
    {
        var drafts = new Drafts(_published, _views.Add);
        var work = new CommitWork(_rows, drafts, _people.Links, Room());
        var links = new LinkWork(work, _published, _people);
        var watermark = _published.Watermark + 1;
        var (fates, people) = Write(() =>
        {
            var judged = batches.Select(links.Accept).ToList();
            if (links.Changes.Count == 0) return (judged, _people);
            var next = links.Exchange(watermark);
            _rows.Save();
            foreach (var view in drafts.All) _views.Save(view, _names, watermark);
            _arrivals.Save(drafts.All.Select(ArrivalChange.Of), watermark, now);
            _links.Save(links.Changes, watermark, now);
            _exclusions.Audit(links.Audit(watermark, now));
            Number(watermark, now);
            return (judged, next);
        });
        if (links.Changes.Count == 0) return [.. fates.Select(judged => new LinkOutcome(judged, _published.Watermark))];
        _batches++;
        _people = people;
        _published = _published.With(watermark, [.. drafts.Changed.Select(view => view.ToState(watermark))]);
        _rows.Remember(work);
        return [.. fates.Select(judged => new LinkOutcome(judged, watermark))];
    }
}
