using System.Collections.Immutable;
using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>A request's items, held against the experiment and the clock: the good ones as a batch to commit, the others with their reasons.</summary>
internal sealed record SiftedItems(int Received, Batch Batch, ImmutableArray<Rejection> Rejected, ImmutableArray<Warning> Warnings);

/// <summary>Collects what a route decides about each item.</summary>
internal sealed class Sieve(ArrivalClock clock)
{
    private readonly List<Rejection> _rejected = [];
    private int _received;
    private int _skewed;
    private int _withoutId;
    private int _unusedNames;

    /// <summary>Notes that an item came, and refuses it when it is flawed by itself.</summary>
    /// <returns>Whether it may go on.</returns>
    public bool Take(WrittenItem item, int? variation = null)
    {
        _received++;
        return item.Flaw is not { } flaw || Refuse(item, flaw.Code, flaw.Detail, variation);
    }

    /// <returns>False, so that a rule reads <c>return sieve.Refuse(…)</c>.</returns>
    public bool Refuse(WrittenItem item, string code, string detail, int? variation = null)
    {
        _rejected.Add(new Rejection(item.Index, code, detail) { Variation = variation });
        return false;
    }

    /// <summary>The item's time on the server's clock; an item too far ahead is refused.</summary>
    public bool TryTime(WrittenItem item, out long at, out bool isSkewed, int? variation = null)
    {
        (at, var timeliness) = clock.Correct(item.OccurredAt);
        isSkewed = timeliness == Timeliness.Skewed;
        return timeliness != Timeliness.TooFarAhead
            || Refuse(item, RejectionCodes.TimeTooFarAhead, "The time is more than 24 hours ahead of the server's clock.", variation);
    }

    /// <summary>Warns of a good item.</summary>
    public void Warn(bool isSkewed, bool hasNoId = false, bool hasUnusedName = false)
    {
        if (isSkewed) _skewed++;
        if (hasNoId) _withoutId++;
        if (hasUnusedName) _unusedNames++;
    }

    public SiftedItems Close(Batch batch)
    {
        var warnings = ImmutableArray.CreateBuilder<Warning>();
        if (_withoutId > 0) warnings.Add(new Warning("no_id", _withoutId));
        if (_skewed > 0) warnings.Add(new Warning("skewed", _skewed));
        if (_unusedNames > 0) warnings.Add(new Warning("unused_name", _unusedNames));
        var refused = _rejected.GroupBy(rejection => rejection.Variation).Select(group => new RefusedCount(group.Key, group.Count()));
        return new SiftedItems(_received, batch with { Refused = [.. refused] }, [.. _rejected], warnings.ToImmutable());
    }
}
