using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>One commit of links on its way: items are judged in order, then the units they join or part are measured as they were and as they will be.</summary>
/// <param name="work">Loads units.</param>
/// <param name="index">The published experiments.</param>
/// <param name="before">Who is one person so far.</param>
internal sealed class LinkWork(CommitWork work, ViewIndex index, People before)
{
    private readonly List<LinkChange> _changes = [];
    private readonly List<(LinkBatch Batch, int End)> _requests = [];

    // Of this commit: the unit that one is linked to, or null where its link is lifted.
    private readonly Dictionary<long, long?> _links = [];

    // Further on the way to a unit's person, so that no long chain is walked again and again. Only links are judged by it, which make ways longer and never end them.
    private readonly Dictionary<long, long> _shortcuts = [];

    /// <summary>What is to be stored.</summary>
    public IReadOnlyList<LinkChange> Changes => _changes;

    /// <summary>Judges every item of a request.</summary>
    public ImmutableArray<LinkFate> Accept(LinkBatch batch)
    {
        ImmutableArray<LinkFate> fates = [.. batch.Items.Select(item => batch.IsLifting ? Lift(item) : Link(item))];
        _requests.Add((batch, _changes.Count));
        return fates;
    }

    /// <summary>What the audit says of each request that changed something.</summary>
    public IEnumerable<AuditEntry> Audit(long watermark, long now)
    {
        var begin = 0;
        foreach (var (batch, end) in _requests)
        {
            if (end > begin) yield return HygieneAudit.Of(batch, _changes[begin..end], watermark, now);
            begin = end;
        }
    }

    /// <summary>Exchanges what the units contribute.</summary>
    /// <returns>Who is one person from now on.</returns>
    public People Exchange(long watermark)
    {
        var after = before with { Links = before.Links.With(watermark, _changes) };
        work.Exchange(before, after);
        return after;
    }

    private LinkFate Link(LinkItem item)
    {
        if (item.AnonymousId == item.UserId) return LinkFate.Cycle;
        var (unit, into) = (work.Find(item.AnonymousId, numbers: false), work.Find(item.UserId, numbers: false));
        if (unit.Unit is { } known)
        {
            if (LinkOf(known) is { } other) return other == into.Unit ? LinkFate.Duplicate : LinkFate.Conflict;
            if (into.Unit is { } user && PersonOf(user) == known) return LinkFate.Cycle;
        }

        var change = new LinkChange(Concern(item.AnonymousId), Concern(item.UserId), IsLifting: false);
        _links[change.Unit] = change.Into;
        _changes.Add(change);
        return LinkFate.Recorded;
    }

    private LinkFate Lift(LinkItem item)
    {
        if (work.Find(item.AnonymousId, numbers: false).Unit is not { } unit || LinkOf(unit) is not { } into) return LinkFate.Duplicate;
        Concern(item.AnonymousId);
        Concern(work.Find(into).UserId);
        _links[unit] = null;
        _changes.Add(new LinkChange(unit, into, IsLifting: true));
        return LinkFate.Recorded;
    }

    /// <returns>The unit's number, given now if it has none.</returns>
    private long Concern(string userId)
    {
        var unit = work.Find(userId, numbers: true);
        work.ConcernWhole(unit, index.Opened);
        return unit.Unit!.Value;
    }

    private long? LinkOf(long unit) => _links.TryGetValue(unit, out var into) ? into : before.Links.LinkOf(unit);

    private long PersonOf(long unit)
    {
        var way = new List<long>();
        for (; LinkOf(unit) is { } into; unit = _shortcuts.GetValueOrDefault(unit, into)) way.Add(unit);
        foreach (var passed in way) _shortcuts[passed] = unit;
        return unit;
    }
}
