using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Bounds for looks that were planned.</summary>
internal static class GroupSequentialRules
{
    private const double Alpha = Schedule.Alpha;

    /// <summary>Bounds depend on the number of looks alone; those of an exact family at 1,000 looks take seconds.</summary>
    private static readonly ConcurrentDictionary<(string Key, int Looks), Lazy<Boundaries>> Known = new();

    public static ImmutableArray<SequentialRule> All { get; } =
    [
        Rule("obrien-fleming", "O'Brien–Fleming", looks => GroupSequential.OBrienFleming(looks, Alpha)),
        Pocock(),
        Rule("wang-tsiatis", "Wang–Tsiatis, Δ = ¼", looks => GroupSequential.WangTsiatis(looks, Alpha, 0.25)),
        Rule("haybittle-peto", "Haybittle–Peto, z = 3.5", looks => GroupSequential.HaybittlePeto(looks, Alpha, 3.5)),
        Spending("lan-demets-obrien-fleming", "Lan–DeMets, O'Brien–Fleming", SpendingFunction.OBrienFleming),
        Spending("lan-demets-pocock", "Lan–DeMets, Pocock", SpendingFunction.Pocock),
        Spending("kim-demets", "Kim–DeMets, ρ = 3", SpendingFunction.KimDeMets(3)),
        Spending("hwang-shih-decani", "Hwang–Shih–DeCani, γ = −4", SpendingFunction.HwangShihDeCani(-4)),
        Rule("calibrated-mixture", "mixture calibrated to the looks", looks => CalibratedMixture.Of(Equal(looks), Alpha).Bounds),
        Rule("hybrid", "half mixture, half fixed", looks => MixtureBoundaries.Hybrid(Equal(looks), Alpha)),
    ];

    /// <summary>Bounds that are obeyed from the second unit on.</summary>
    public static SequentialRule Unstarted { get; } = Pocock() with
    {
        Key = "pocock-from-first-unit",
        Title = "Pocock without a start rule",
        Prepare = schedule =>
        {
            var z = Pocock().Bounds(schedule);
            return (in Sight sight, int look) => Math.Abs(sight.Z) >= z[look - 1];
        },
        IsUnstarted = true,
    };

    private static SequentialRule Pocock() => Rule("pocock", "Pocock", looks => GroupSequential.Pocock(looks, Alpha));

    private static SequentialRule Spending(string key, string title, SpendingFunction spending) =>
        Rule(key, title, looks => GroupSequential.Spending(spending, Equal(looks), Alpha));

    private static ImmutableArray<double> Equal(int looks) => [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)];

    private static SequentialRule Rule(string key, string title, Func<int, Boundaries> bounds)
    {
        return SequentialRule.Of(key, title, schedule => [.. Of(schedule).Z]) with { Exact = schedule => Of(schedule).CumulativeAlpha[^1] };

        Boundaries Of(Schedule schedule) => Known.GetOrAdd((key, schedule.Looks), at => new Lazy<Boundaries>(() => bounds(at.Looks))).Value;
    }
}
