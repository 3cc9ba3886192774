using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>What a store served at every commit of a history: each can be computed again when all of it is over.</summary>
internal sealed class PastPictures
{
    private readonly Dictionary<string, ExperimentView> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, long Watermark, long ReadAt), (PastView View, MeasuredExperiment Picture)> _noted = [];

    /// <summary>Says what an experiment is measured by from now on.</summary>
    public void Open(ExperimentView view) => _views[view.Key] = view;

    private long _now = long.MinValue;

    /// <summary>Keeps what is served now. Of what is served in one microsecond the last is kept; the time of a clock that was set back is that before.</summary>
    /// <param name="store">The store.</param>
    /// <param name="now">The time of the last commit, microseconds.</param>
    /// <param name="compactedThrough">The midnight up to which the days of an experiment are merged.</param>
    public void Note(IEventStore store, long now, Func<string, long> compactedThrough)
    {
        _now = Math.Max(_now, now);
        foreach (var view in _views.Values)
            if (store.Read(view.Key) is { } picture) _noted[(view.Key, store.Watermark, _now)] = (new PastView(view, store.Watermark, _now, compactedThrough(view.Key)), picture);
    }

    /// <summary>What is kept is of no use any more.</summary>
    public void Forget() => _noted.Clear();

    /// <summary>Computes pictures again.</summary>
    /// <param name="store">The store, any number of commits later.</param>
    /// <param name="most">No more of them than this, evenly chosen.</param>
    public async Task AssertAllAsync(IEventStore store, int most)
    {
        foreach (var (past, picture) in _noted.Values.Where((_, i) => i % Math.Max(1, (_noted.Count + most - 1) / most) == 0))
        {
            var again = (await store.RecomputeAsync(past.View.Key, past, CancellationToken.None))!;
            Assert.Equal((picture.Watermark, picture.Rearmed, picture.LastEventAt), (again.Watermark, again.Rearmed, again.LastEventAt));
            Assert.Equal(picture.Receipts.OrderBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Variation), again.Receipts.OrderBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Variation));
            SameSums.AssertHolds(picture, again);
        }
    }
}
