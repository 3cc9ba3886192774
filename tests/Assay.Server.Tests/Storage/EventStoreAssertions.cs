using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>How histories are cut into batches, and what it means that two stores hold the same.</summary>
public abstract class EventStoreAssertions
{
    /// <summary>
    /// Items that may come in any order: ids that clash with other content, and items without one, tell their order of arrival by design; so does an exposure
    /// without one that says other attributes of the same unit, arm and time.
    /// </summary>
    private protected static List<Arrival> Harmless(IEnumerable<Arrival> items) =>
        [.. items.Where(item => item.Event is not { Id: null } && item.Covariate is null)
            .GroupBy(item => item.Event is { } e ? (object)(e.Scope, e.Id) : item.Exposure!.Id is { } id ? (item.Experiment, id, 0) : item)
            .Select(same => same.First())
            .GroupBy(item => item.Exposure is { } x ? (object)(item.Experiment, x.UserId, x.At, x.Variation) : item)
            .SelectMany(tied => tied.All(item => item.Event is not null || item.Exposure!.Id is not null) ? tied : tied.Take(1))];

    private protected static string NewName() => Guid.NewGuid().ToString("n");

    /// <summary>Neighbours that share route and arrival travel together.</summary>
    private protected static IEnumerable<Batch> Batches(IReadOnlyList<Arrival> items)
    {
        for (var i = 0; i < items.Count;)
        {
            var together = items.Skip(i).TakeWhile(item => item.Experiment == items[i].Experiment && item.ArrivedAt == items[i].ArrivedAt).ToList();
            yield return Storage.Arrival.Together(KindsInOrder(together));
            i += KindsInOrder(together).Count;
        }
    }

    /// <summary>A batch judges exposures, then events, then covariates: as long as kinds come in that order a batch keeps the items' order.</summary>
    private static List<Arrival> KindsInOrder(List<Arrival> items)
    {
        static int Kind(Arrival item) => item.Exposure is not null ? 0 : item.Event is not null ? 1 : 2;
        var kind = 0;
        return [.. items.TakeWhile(item => Kind(item) >= kind && (kind = Kind(item)) >= 0)];
    }

    private protected static void AssertSame(IEventStore left, IEventStore right)
    {
        foreach (var view in History.Views) AssertSame(left.Read(view.Key)!, right.Read(view.Key)!);
    }

    private protected static void AssertSame(MeasuredExperiment left, MeasuredExperiment right)
    {
        Assert.Equal(left.LastEventAt, right.LastEventAt);
        AssertSameSums(left, right);
    }

    /// <summary>The sums only: a repetition may have told a later time than any row that is kept.</summary>
    private protected static void AssertSameSums(MeasuredExperiment left, MeasuredExperiment right) => SameSums.AssertHolds(left, right);
}
