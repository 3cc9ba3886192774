using System.Collections.Immutable;

namespace Assay.Server.Storage.Commits;

/// <summary>One commit of exclusions on its way: items are judged in order, then their units are measured as they were and as they will be, like units with new rows.</summary>
/// <param name="work">Loads units.</param>
/// <param name="drafts">The experiments of the commit.</param>
/// <param name="index">The published experiments.</param>
/// <param name="before">Who is one person, and excluded, so far.</param>
internal sealed class ExclusionWork(CommitWork work, Drafts drafts, ViewIndex index, People before)
{
    private readonly List<ExclusionChange> _changes = [];
    private readonly People _before = before;
    private ExcludedUnits _after = before.Excluded;

    /// <summary>What is to be stored.</summary>
    public IReadOnlyList<ExclusionChange> Changes => _changes;

    /// <summary>Judges every item: what is in force already, or already not, is a duplicate.</summary>
    public ImmutableArray<ItemFate> Accept(ExclusionBatch batch) => [.. batch.Items.Select(item => Accept(item, batch.IsLifting))];

    /// <summary>Exchanges what the units contribute.</summary>
    /// <returns>Who is excluded from now on.</returns>
    public ExcludedUnits Exchange(long watermark)
    {
        work.Exchange(_before, _before with { Excluded = _after });
        return _before.Excluded.With(watermark, _changes);
    }

    private ItemFate Accept(ExclusionItem item, bool isLifting)
    {
        if (Number(item.Experiment, isLifting) is not { } experiment) return ItemFate.Duplicate;
        if (work.Find(item.UserId, numbers: !isLifting).Unit is not { } unit || _after.Holds(unit, experiment) != isLifting) return ItemFate.Duplicate;
        work.Concern(item.UserId, experiment == ExcludedUnits.FromAll ? index.Opened : [.. Measured(experiment)]);
        var change = new ExclusionChange(unit, experiment, isLifting, item.Reason);
        _changes.Add(change);
        _after = _after.With(_after.Watermark, [change]);
        return ItemFate.Recorded;
    }

    /// <summary>The experiment, unless its rows have gone: what it holds stays.</summary>
    private IEnumerable<ViewState> Measured(int experiment) => drafts.Of(experiment).State is { SealedAt: null } state ? [state] : [];

    /// <summary>The experiment's number; null where it has none and needs none.</summary>
    private int? Number(string? key, bool isLifting) =>
        key is null ? ExcludedUnits.FromAll : isLifting ? index.Find(key)?.Id : drafts.Of(key).State.Id;
}
