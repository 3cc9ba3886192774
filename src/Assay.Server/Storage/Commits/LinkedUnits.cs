using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>Which units are one person at one commit: each link goes from a unit to another, and whoever is reached from a unit in the end is the person. Never changed.</summary>
/// <remarks>Only linked units are in it. A unit has one link at most and links make no ring, so that each person is a tree whose root gives its name.</remarks>
internal sealed class LinkedUnits
{
    private readonly ImmutableDictionary<long, long> _links;
    private readonly ImmutableDictionary<long, ImmutableArray<long>> _linked;

    private LinkedUnits(long watermark, ImmutableDictionary<long, long> links, ImmutableDictionary<long, ImmutableArray<long>> linked) =>
        (Watermark, _links, _linked) = (watermark, links, linked);

    public static LinkedUnits None { get; } = new(0, ImmutableDictionary<long, long>.Empty, ImmutableDictionary<long, ImmutableArray<long>>.Empty);

    /// <summary>The last commit that made, lifted or erased a link.</summary>
    public long Watermark { get; }

    /// <summary>Links in force.</summary>
    public int Count => _links.Count;

    /// <summary>Every unit that has a link of its own, and its person.</summary>
    public IEnumerable<(long Unit, long Person)> All => _links.Keys.Select(unit => (unit, PersonOf(unit)));

    /// <summary>Whether the unit is one of several of a person.</summary>
    public bool Holds(long unit) => _links.Count > 0 && (_links.ContainsKey(unit) || _linked.ContainsKey(unit));

    /// <summary>The unit that this one is linked to; null where it is to none.</summary>
    public long? LinkOf(long unit) => _links.TryGetValue(unit, out var into) ? into : null;

    /// <summary>The unit that gives the person its name.</summary>
    public long PersonOf(long unit)
    {
        while (_links.TryGetValue(unit, out var into)) unit = into;
        return unit;
    }

    /// <summary>All units of a person, the one that gives the name first.</summary>
    public List<long> UnitsOf(long person)
    {
        List<long> units = [person];
        for (var i = 0; i < units.Count; i++)
            if (_linked.TryGetValue(units[i], out var linked)) units.AddRange(linked);
        return units;
    }

    /// <summary>Who is one person after a commit.</summary>
    public LinkedUnits With(long watermark, IEnumerable<LinkChange> changes)
    {
        var links = _links.ToBuilder();
        var changed = new Dictionary<long, HashSet<long>>();
        foreach (var change in changes)
        {
            if (change.IsLifting)
            {
                if (!links.TryGetValue(change.Unit, out var into) || into != change.Into) continue;
                links.Remove(change.Unit);
                LinkedTo(into).Remove(change.Unit);
            }
            else
            {
                links[change.Unit] = change.Into;
                LinkedTo(change.Into).Add(change.Unit);
            }
        }

        var linked = _linked.ToBuilder();
        foreach (var (user, units) in changed)
        {
            if (units.Count == 0) linked.Remove(user);
            else linked[user] = [.. units];
        }

        return new LinkedUnits(watermark, links.ToImmutable(), linked.ToImmutable());

        HashSet<long> LinkedTo(long user)
        {
            if (!changed.TryGetValue(user, out var units)) changed.Add(user, units = [.. _linked.GetValueOrDefault(user, [])]);
            return units;
        }
    }

    /// <summary>Who is one person when some units are no more.</summary>
    public LinkedUnits Without(long watermark, IEnumerable<long> units) => With(watermark, [.. units.SelectMany(Of)]);

    /// <summary>Links from a unit and to it, lifted.</summary>
    private IEnumerable<LinkChange> Of(long unit)
    {
        if (_links.TryGetValue(unit, out var into)) yield return new LinkChange(unit, into, IsLifting: true);
        foreach (var linked in _linked.GetValueOrDefault(unit, [])) yield return new LinkChange(linked, unit, IsLifting: true);
    }
}

/// <summary>A link that is made or lifted.</summary>
/// <param name="Unit">The anonymous id's.</param>
/// <param name="Into">The user id's.</param>
internal readonly record struct LinkChange(long Unit, long Into, bool IsLifting);
