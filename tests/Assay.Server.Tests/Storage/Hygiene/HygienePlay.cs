using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Hygiene;

/// <summary>Plays items and actions into a store, and knows what must have come of them.</summary>
/// <param name="second">The item before which the second experiment is opened, the third seven later.</param>
/// <param name="together">Items of one commit.</param>
internal sealed class HygienePlay(int second, int together)
{
    private const long Day = 24 * History.Hour;

    /// <summary>How many commits of a history are computed again.</summary>
    private const int PastCommits = 5;

    private readonly HashSet<(string User, string? Experiment)> _excluded = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly PersonOracle _persons = new();
    private readonly Dictionary<string, long> _erased = new(StringComparer.Ordinal);
    private readonly List<Arrival> _kept = [];
    private readonly Dictionary<string, long> _compacted = new(StringComparer.Ordinal);
    private readonly PastPictures _past = new();
    private int _played;

    public async Task RunAsync(IEventStore store, IReadOnlyList<Arrival> items, IReadOnlyList<HygieneAction> actions)
    {
        for (int i = 0, done = 0; i < items.Count || done < actions.Count;)
        {
            for (; done < actions.Count && (actions[done].Before <= i || i >= items.Count); done++) await ActAsync(store, actions[done]);
            if (i >= items.Count) continue;
            var group = items.Skip(i).Take(together).ToList();
            var now = group[^1].ArrivedAt;
            await OpenAsync(store, now, i => i == 0 || _played >= second + (7 * (i - 1)));
            await CommitAsync(store, group, now);
            i += group.Count;
            _played += group.Count;
        }
    }

    /// <summary>Opens what is not open yet.</summary>
    public Task OpenAllAsync(IEventStore store, DateTimeOffset now) => OpenAsync(store, Microseconds.Of(now), static _ => true);

    /// <summary>Served is what the oracle expects and what is recomputed; counts of rows are those of all rows.</summary>
    public async Task CheckAsync(IEventStore store)
    {
        foreach (var view in History.Views)
        {
            if (store.Read(view.Key) is not { } picture) continue;
            var excluded = _excluded.Where(exclusion => exclusion.Experiment is null || exclusion.Experiment == view.Key).Select(exclusion => _persons.PersonOf(exclusion.User)).ToHashSet(StringComparer.Ordinal);
            MeasureOracle.AssertHolds(MeasureOracle.Measure(view, _persons.Join(_kept), _compacted.GetValueOrDefault(view.Key), excluded.Contains, areAllKept: true), picture);
            Assert.Equal(_erased.GetValueOrDefault(view.Key), picture.Erased);
            MeasureOracle.AssertCounts(view, _kept, await store.CountAsync(view.Key, CancellationToken.None));
            var recomputed = (await store.RecomputeAsync(view.Key, CancellationToken.None))!;
            SameSums.AssertHolds(picture, recomputed);
        }

        await _past.AssertAllAsync(store, PastCommits);
    }

    private async Task ActAsync(IEventStore store, HygieneAction action)
    {
        if (action.Kind == HygieneKind.Erase) await EraseAsync(store, action.User);
        else if (action.Kind is HygieneKind.Link or HygieneKind.Unlink) await LinkAsync(store, action);
        else await ExcludeAsync(store, action);
        Note(store, History.Start);
    }

    private void Note(IEventStore store, long now) => _past.Note(store, now, key => _compacted[key]);

    private async Task LinkAsync(IEventStore store, HygieneAction action)
    {
        var fate = action.Kind == HygieneKind.Link ? _persons.Link(action.User, action.Into) : _persons.Lift(action.User);
        if (fate == LinkFate.Recorded && action.Kind == HygieneKind.Link) _known.UnionWith([action.User, action.Into]);
        var watermark = store.Watermark;
        var outcome = (await store.LinkAsync([action.ToLinks()], History.Origin, CancellationToken.None))[0];
        Assert.Equal([fate], outcome.Fates);
        Assert.Equal((watermark + (fate == LinkFate.Recorded ? 1 : 0), store.Watermark), (store.Watermark, outcome.Watermark));
    }

    private async Task ExcludeAsync(IEventStore store, HygieneAction action)
    {
        var changes = action.Kind == HygieneKind.Lift ? _excluded.Remove((action.User, action.Experiment)) : _excluded.Add((action.User, action.Experiment));
        if (action.Kind == HygieneKind.Exclude) _known.Add(action.User);
        var watermark = store.Watermark;
        var outcome = await store.ExcludeAsync(action.ToBatch(), History.Origin, CancellationToken.None);
        Assert.Equal([changes ? ItemFate.Recorded : ItemFate.Duplicate], outcome.Fates);
        Assert.Equal((watermark + (changes ? 1 : 0), store.Watermark), (store.Watermark, outcome.Watermark));
    }

    private async Task EraseAsync(IEventStore store, string user)
    {
        var ids = _persons.IdsOf(_persons.PersonOf(user)).ToHashSet(StringComparer.Ordinal);
        var own = _kept.Where(item => ids.Contains(UserOf(item))).ToList();
        var concerned = History.Views.Where(view => store.Read(view.Key) is not null && own.Any(item => item.Event is { } e ? Sees(view, e) : item.Experiment == view.Key)).Select(view => view.Key).ToList();
        var erased = await store.EraseAsync(user, "tester", History.Origin, CancellationToken.None);
        Assert.Equal(_known.Contains(user), erased is not null);
        if (erased is null) return;
        Assert.Equal((ids.Count, erased.Unit), (erased.Units.Length, erased.Units[0]));
        _known.ExceptWith(ids);
        Assert.Equal(new ErasedRows(own.Count(item => item.Exposure is not null), own.Count(item => item.Event is not null), own.Count(item => item.Covariate is not null)), erased.Rows);
        Assert.Equal(concerned.Order(StringComparer.Ordinal), erased.Experiments);

        // What was served before cannot be computed again.
        _past.Forget();
        foreach (var key in concerned) _erased[key] = _erased.GetValueOrDefault(key) + 1;
        _excluded.RemoveWhere(exclusion => ids.Contains(exclusion.User));
        _kept.RemoveAll(item => ids.Contains(UserOf(item)));
        _persons.Erase(ids);
    }

    private static string UserOf(Arrival item) => PersonOracle.UserOf(item);

    private static bool Sees(ExperimentView view, EventItem item) =>
        view.Plans.Any(plan => plan.Event == item.Name) && item.At >= view.StartedAt && (view.ClosesAt is not { } closes || item.At < closes);

    private async Task OpenAsync(IEventStore store, long now, Func<int, bool> isTime)
    {
        for (var i = 0; i < History.Views.Length; i++)
        {
            if (!isTime(i)) continue;
            var view = History.Views[i];
            if (store.Read(view.Key) is null) _compacted[view.Key] = (now - (2 * Day)) / Day * Day;
            await store.OpenAsync(view, Microseconds.ToTime(now), CancellationToken.None);
            _past.Open(view);
            Note(store, now);
        }
    }

    private async Task CommitAsync(IEventStore store, List<Arrival> group, long now)
    {
        var watermark = store.Watermark;
        var outcomes = await store.CommitAsync([.. group.Select(item => item.Alone())], Microseconds.ToTime(now), CancellationToken.None);
        _kept.AddRange(group.Where((_, i) => outcomes[i].Fates[0] == ItemFate.Recorded));
        _known.UnionWith(group.Where((_, i) => outcomes[i].Fates[0] == ItemFate.Recorded).Select(UserOf));
        if (store.Watermark > watermark)
            foreach (var key in _compacted.Keys.ToList()) _compacted[key] = Math.Max(_compacted[key], (now - (2 * Day)) / Day * Day);
        Note(store, now);
    }
}
