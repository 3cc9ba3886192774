using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>How often each rule, read at 1, 20, 100 and 1,000 looks, calls an effect where there is none.</summary>
internal static class PeekingStudies
{
    private const double Alpha = Schedule.Alpha;

    /// <summary>No rule at α may reject a smaller |z|; one that did would reject larger ones as well.</summary>
    private const double Unremarkable = 1;

    /// <summary>Share of runs in which a start rule has to be passed for the other studies of a world to say something.</summary>
    private const double UsualPresence = 0.9;

    /// <summary>Of the recursion.</summary>
    private const double Rounding = 1e-6;

    private static readonly ImmutableArray<int> Looks = [1, 20, 100, 1000];

    private static readonly ImmutableArray<SequentialRule> Ours =
    [
        AlwaysValidRules.Mixture, AlwaysValidRules.Asymptotic, AlwaysValidRules.OneSided, AlwaysValidRules.OneSidedAsymptotic, AlwaysValidRules.Stitched, .. GroupSequentialRules.All,
    ];

    /// <summary>What of them is seen to err on units that still grow.</summary>
    private static readonly ImmutableArray<SequentialRule> Misused =
    [
        AlwaysValidRules.Mixture, .. GroupSequentialRules.All.Where(rule => rule.Key is "obrien-fleming" or "wang-tsiatis" or "lan-demets-obrien-fleming" or "lan-demets-pocock" or "kim-demets"),
    ];

    // Bounds on z do not depend on the scale of a world, and neither do their crossing probabilities.
    private static readonly ConcurrentDictionary<(string Key, int Looks), Lazy<double>> Crossings = new();

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of(new GaussianWorld(), "A/A tests read again and again: the exact case", Looks, [.. Ours, AlwaysValidRules.Early, .. NaiveRules.All]),
        Of(new SmallSampleWorld(), "A/A on samples of two and more: why there is a start rule", Looks,
            [AlwaysValidRules.AnytimeT, AlwaysValidRules.Mixture, AlwaysValidRules.Unstarted, .. GroupSequentialRules.All.Where(rule => rule.Key is "pocock"), GroupSequentialRules.Unstarted]),
        Of(new BinaryWorld(), "A/A on a rare conversion", Looks, [.. Ours, AlwaysValidRules.AnytimeT, NaiveRules.FixedTest, NaiveRules.FlatPrior]),
        Of(RevenueWorld.HeavyTailed, "A/A on heavy-tailed revenue", Looks, [.. Ours, AlwaysValidRules.AnytimeT, NaiveRules.FixedTest, NaiveRules.FlatPrior]),
        Of(RevenueWorld.Skewed, "A/A on skewed spending: the readout's whole start rule", Looks, [AlwaysValidRules.Mixture, AlwaysValidRules.AsRead, AlwaysValidRules.Speaks, NaiveRules.FixedTest]),
        Of(new RatioWorld(), "A/A on a ratio of correlated sums", Looks, [.. Ours, AlwaysValidRules.AnytimeT, NaiveRules.FixedTest, NaiveRules.FlatPrior]),
        Of(new MaturingWorld(isRunning: false), "A/A on matured units", Looks, [.. Ours, AlwaysValidRules.AnytimeT, NaiveRules.FixedTest, NaiveRules.FlatPrior]),
        Of(new MaturingWorld(isRunning: true), "A/A on units that are still growing, where the same rules err", Looks[1..], Misused),
    ];

    private static Simulation Of(World world, string title, ImmutableArray<int> looks, ImmutableArray<SequentialRule> rules)
    {
        // A rule without its start rule is asked where it errs, from the first unit on; at few looks the first is late.
        var studies = (from rule in rules from count in looks where !rule.IsUnstarted || count == Looks[^1] select (Rule: rule, Schedule: new Schedule(world, count))).ToImmutableArray();
        return new Simulation
        {
            Name = $"peeking/{world.Key}",
            Title = title,
            World = world.Sentence,
            Runs = world.Runs,
            LeastRuns = 1000,
            Studies = [.. studies.Select(study => new Study(
                string.Create(CultureInfo.InvariantCulture, $"peeking/{world.Key}/{study.Rule.Key}/{study.Schedule.Looks}"),
                study.Rule.Title,
                () => ClaimOf(study.Rule, study.Schedule),
                world is GaussianWorld or MaturingWorld { IsRunning: true } ? "recursion (Armitage, McPherson & Rowe 1969)" : "nominal")
            {
                IsNaive = study.Rule.IsNaive,
                Column = study.Schedule.Looks == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{study.Schedule.Looks:N0} looks"),
            })],
            Prepare = () => Prepare(world, looks, studies),
        };
    }

    private static Claim ClaimOf(SequentialRule rule, Schedule schedule)
    {
        return schedule.World switch
        {
            _ when rule.IsPresence => new Claim.AtLeast(UsualPresence),
            MaturingWorld { IsRunning: true } => new Claim.Exceeds(Exact()),
            GaussianWorld when Errs() => new Claim.KnownToExceed(Alpha, new Claim.Rate(Exact())),
            GaussianWorld => new Claim.Rate(Exact()),
            _ when rule.IsUnstarted => new Claim.Exceeds(Exact()),
            _ when ErrsPlainly() => new Claim.Exceeds(Alpha),
            _ => new Claim.AtMost(Alpha),
        };

        double Exact() => CrossingProbability(rule, schedule);

        bool Errs() => rule.IsNaive && Exact() > Alpha + Rounding;

        // Elsewhere the exact rate is only near.
        bool ErrsPlainly() => rule.IsNaive && Exact() > 1.5 * Alpha;
    }

    private static double CrossingProbability(SequentialRule rule, Schedule schedule) => rule.Exact is { } exact ? exact(schedule) : Crossings.GetOrAdd((rule.Key, schedule.Looks), _ => new Lazy<double>(() =>
    {
        var upper = rule.Bounds(schedule);
        var lower = upper.Select(z => rule.Sides == 2 ? -z : double.NegativeInfinity).ToArray();
        var crossing = Crossing.Of(schedule.Fractions.AsSpan(), lower, upper, 0);
        return crossing.TotalUpper + crossing.TotalLower;
    })).Value;

    private static Simulation.Run Prepare(World world, ImmutableArray<int> looks, ImmutableArray<(SequentialRule Rule, Schedule Schedule)> studies)
    {
        // The bounds of an exact family at 1,000 looks take seconds each.
        var rejects = studies.AsParallel().AsOrdered().Select(study => study.Rule.Prepare(study.Schedule)).ToArray();
        var schedules = looks.Select(count => new Schedule(world, count)).ToArray();
        int[][] columns = [.. looks.Select(count => Enumerable.Range(0, studies.Length).Where(i => studies[i].Schedule.Looks == count).ToArray())];
        return (draws, answers) =>
        {
            answers.Clear();
            Span<int> taken = stackalloc int[columns.Length];
            foreach (var sight in world.Unfold(draws))
            {
                var isRemarkable = sight.HasVariance && Math.Abs(sight.Z) > Unremarkable;
                for (var column = 0; column < columns.Length; column++)
                {
                    var look = schedules[column].LookAt(sight.Fraction);
                    if (look <= taken[column]) continue;
                    taken[column] = look;
                    foreach (var i in columns[column])
                    {
                        if (answers[i] == 0 && (isRemarkable || studies[i].Rule.IsPresence) && rejects[i](sight, look)) answers[i] = 1;
                    }
                }
            }
        };
    }
}
