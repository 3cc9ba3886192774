using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Measurement;
using Assay.Analysis.Tests.Exact;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>The third opinion: everything a store must serve, from the plain list of items, in LINQ and rational numbers.</summary>
internal static class MeasureOracle
{
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;

    /// <param name="view">The experiment.</param>
    /// <param name="items">The items.</param>
    /// <param name="compactedThrough">How far days are merged.</param>
    /// <param name="excludes">Who does not count.</param>
    /// <param name="areAllKept">Whether repetitions are not among the items: of exposures that tie all are then kept, however many have no id.</param>
    public static Dictionary<AccumulatorKey, Expected> Measure(
        ExperimentView view, IReadOnlyList<Arrival> items, long compactedThrough, Func<string, bool>? excludes = null, bool areAllKept = false)
    {
        var events = Events(view, items).ToLookup(i => i.Event!.UserId);
        var exposures = items.Where(i => i.Exposure is not null && i.Experiment == view.Key).GroupBy(i => i.Exposure!.Id ?? (object)i).Select(same => same.First().Exposure!).ToLookup(x => x.UserId);
        var covariates = items.Where(i => i.Covariate is not null && i.Experiment == view.Key).Select(i => i.Covariate!)
            .GroupBy(c => (c.UserId, c.Covariate)).ToDictionary(same => same.Key, same => same.First().Value);
        var parts = from user in exposures.Select(x => x.Key).Union(events.Select(e => e.Key))
                    let whole = Unit(view, user, [.. exposures[user]], [.. events[user]], covariates, areAllKept)
                    from part in excludes?.Invoke(user) == true ? Excluded(view, whole.Any(part => part.Key.Arm >= 0)) : whole
                    group part.Holds by part.Key with { MaturesAt = Up(part.Key.MaturesAt, Day) <= compactedThrough ? Up(part.Key.MaturesAt, Day) : part.Key.MaturesAt };
        return parts.ToDictionary(part => part.Key, part => part.Aggregate((a, b) => new Expected(
            a.Count + b.Count, a.Converted + b.Converted, a.Events + b.Events, a.Late + b.Late, a.Crossovers + b.Crossovers,
            new EventTiming(a.Timing.Before + b.Timing.Before, a.Timing.InWindow + b.Timing.InWindow, a.Timing.After + b.Timing.After, a.Timing.Outside + b.Timing.Outside),
            [.. a.Rows, .. b.Rows])));
    }

    /// <summary>Of an excluded unit there is only that it is one, if it is in an arm.</summary>
    private static IEnumerable<(AccumulatorKey Key, Expected Holds)> Excluded(ExperimentView view, bool isInArm) =>
        isInArm ? [(new AccumulatorKey(view.Epoch, -3, AccumulatorKey.Timing, "", 0), new Expected(1, 0, 0, 0, 0, default, []))] : [];

    private static IEnumerable<(AccumulatorKey Key, Expected Holds)> Unit(
        ExperimentView view, string user, List<ExposureItem> exposures, List<Arrival> events, Dictionary<(string, string), double> covariates, bool areAllKept)
    {
        if (exposures.Exists(x => x.At < view.UnitsFrom)) yield break;

        // Of those that tie, one without an id is kept only where it came first.
        var first = exposures.Where(x => x.Variation >= 0).GroupBy(x => (x.At, x.Variation)).MinBy(tied => tied.Key)
            ?.Where((x, i) => areAllKept || i == 0 || x.Id is not null).OrderBy(x => x.Id ?? "", StringComparer.Ordinal).ThenBy(x => x.Attributes, StringComparer.Ordinal).First();
        long Longest(string name) => view.Plans.Where(p => p.Event == name).Select(p => p.Window.Ticks / 10).DefaultIfEmpty(-1).Max();
        var seen = events.Where(e => Longest(e.Event!.Name) >= 0).ToList();
        AccumulatorKey Key(int arm, string metric, TimeSpan window) =>
            new(view.Epoch, arm, metric, "", first is null ? 0 : Up(first.At + (window.Ticks / 10) + Hour, window > TimeSpan.FromHours(72) ? Day : Hour));
        if (first is null)
        {
            if (exposures.Count > 0 || seen.Count > 0)
                yield return (Key(exposures.Count > 0 ? -1 : -2, AccumulatorKey.Timing, default), new Expected(1, 0, 0, 0, 0, new EventTiming(0, 0, 0, seen.Count), []));
            yield break;
        }

        var before = seen.Count(e => e.Event!.At < first.At);
        var within = seen.Count(e => e.Event!.At >= first.At && e.Event.At < first.At + Longest(e.Event.Name));
        yield return (Key(first.Variation, AccumulatorKey.Timing, view.Plans.Max(p => p.Window)), new Expected(1, 0, 0, 0, 0, new EventTiming(before, within, seen.Count - before - within, 0), []));
        var crossed = exposures.Where(x => x.Variation >= 0).Select(x => x.Variation).Distinct().Count() > 1;
        var pairs = view.Covariates.SelectMany(name => covariates.TryGetValue((user, name), out var x) ? [x, 0.0] : new[] { 0.0, 1 });
        foreach (var plan in view.Plans)
        {
            var key = Key(first.Variation, plan.Metric, plan.Window);
            var from = plan.Aggregate == Aggregate.Between ? first.At + (plan.From.Ticks / 10) : first.At;
            var counted = events.Where(e => e.Event!.Name == plan.Event && e.Event.At >= from && e.Event.At < first.At + (plan.Window.Ticks / 10)
                && (plan.Filter is null || e.Event.Properties?.Contains("\"a\"", StringComparison.Ordinal) == true)).ToList();
            var value = plan.Aggregate switch
            {
                Aggregate.Any or Aggregate.Between => counted.Count > 0 ? 1 : 0,
                Aggregate.Sum => Rational.Sum(counted.Select(e => Rational.Of(e.Event!.Value))).ToDouble(120),
                Aggregate.Count => counted.Count,
                Aggregate.DistinctDays => counted.Select(e => Up(e.Event!.At + 1, Day)).Distinct().Count(),
                _ => counted.Select(e => e.Event!.Value).DefaultIfEmpty(0).Max(),
            };
            var holds = new Expected(
                1, counted.Count > 0 ? 1 : 0, counted.Count, counted.Count(e => e.ArrivedAt > key.MaturesAt), crossed ? 1 : 0, default,
                [[plan.Cap is { } cap && value > cap ? cap : value, .. pairs]]);
            yield return (key, holds);
            foreach (var segment in view.Segments)
                yield return (key with { Slice = Slice(segment, first.Attributes), MaturesAt = Up(key.MaturesAt, Day) }, holds);
            if (plan.Age is { } age)
                yield return (key with { Slice = "age", MaturesAt = Up(key.MaturesAt, Day) }, holds with { Rows = [ByAge(plan, first.At, age, counted)] });
        }
    }

    /// <summary>The unit's value in each part of its window.</summary>
    private static double[] ByAge(MetricPlan plan, long first, TimeSpan length, List<Arrival> counted) =>
        [.. Enumerable.Range(0, (int)Math.Ceiling(plan.Window / length))
            .Select(age => counted.Where(e => e.Event!.At >= first + (age * length.Ticks / 10) && e.Event.At < first + ((age + 1) * length.Ticks / 10)).Select(e => Rational.Of(e.Event!.Value)).ToList())
            .Select(values => plan.Aggregate switch
            {
                Aggregate.Any => values.Count > 0 ? 1 : 0,
                Aggregate.Sum => Rational.Sum(values).ToDouble(120),
                _ => values.Count,
            })];

    private static string Slice(SegmentPlan segment, string? attributes) => (attributes is null ? null : JsonNode.Parse(attributes)![segment.Attribute]) switch
    {
        null => $"{segment.Attribute}=none",
        JsonValue value when segment.Values.Contains(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()) =>
            $"{segment.Attribute}={value}",
        _ => $"{segment.Attribute}=other",
    };

    /// <summary>Checks counts and, in rational numbers, every mean and every centred sum of products.</summary>
    public static void AssertHolds(Dictionary<AccumulatorKey, Expected> expected, MeasuredExperiment picture)
    {
        Assert.Equal(expected.Keys.Order(Comparer<AccumulatorKey>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))),
            picture.Accumulators.Keys.Order(Comparer<AccumulatorKey>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
        foreach (var (key, holds) in expected)
        {
            var accumulator = picture.Accumulators[key];
            Assert.Equivalent(holds, Expected.Of(accumulator, holds.Rows), strict: true);
            if (key.Metric == AccumulatorKey.Timing) continue;
            var moments = accumulator.ToMoments();
            for (var i = 0; i < moments.Columns; i++)
            {
                var sum = Rational.Sum(holds.Rows.Select(row => Rational.Of(row[i])));
                Assert.Equal((sum / holds.Count).ToDouble(120), moments.Means[i]);
                for (var j = i; j < moments.Columns; j++)
                {
                    var other = Rational.Sum(holds.Rows.Select(row => Rational.Of(row[j])));
                    var products = Rational.Sum(holds.Rows.Select(row => Rational.Of(row[i]) * Rational.Of(row[j])));
                    Assert.Equal((products - (sum * other / holds.Count)).ToDouble(120), moments.Scatter(i, j));
                }
            }
        }
    }

    /// <summary>Checks the counts of events, of which several metrics may use one.</summary>
    public static void AssertCounts(ExperimentView view, IReadOnlyList<Arrival> items, IngestionCounts counts)
    {
        var byName = Events(view, items).ToLookup(i => i.Event!.Name, i => i.Event!.Value);
        Assert.Equal(view.Plans.Select(plan => plan.Event).Distinct().Sum(name => byName[name].Count()), counts.EventRows);
        Assert.Equal(
            view.Plans.Select(plan => new MetricCount(plan.Metric, byName[plan.Event].Count(), Rational.Sum(byName[plan.Event].Select(Rational.Of)).ToDouble(120))),
            counts.Conversions.AsEnumerable());
    }

    private static IEnumerable<Arrival> Events(ExperimentView view, IReadOnlyList<Arrival> items) =>
        items.Where(i => i.Event is not null).GroupBy(i => i.Event!.Id is { } id ? (object)(i.Event.Scope, id) : i).Select(same => same.First())
            .Where(i => i.Event!.At >= view.StartedAt && (view.ClosesAt is null || i.Event.At < view.ClosesAt));

    private static long Up(long at, long unit) => (long)Math.Ceiling((decimal)at / unit) * unit;
}

/// <summary>What an accumulator must hold.</summary>
internal sealed record Expected(long Count, long Converted, long Events, long Late, long Crossovers, EventTiming Timing, IReadOnlyList<double[]> Rows)
{
    public static Expected Of(Accumulator a, IReadOnlyList<double[]> rows) => new(a.Count, a.Converted, a.Events, a.LateArrivals, a.Crossovers, a.Timing, rows);
}
