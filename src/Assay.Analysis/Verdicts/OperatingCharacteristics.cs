using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Verdicts;

/// <summary>How the policy of a design would act on experiments whose truth is known: simulated before the start, so that whoever starts knows the risks of acting by it.</summary>
/// <remarks>
/// The simulated experiment is acted on at its first verdict other than <c>keep_running</c>. Units come as day sums (conversions binomial; means normal, with their sums of squares) of independent metrics, evenly
/// over the plan, and are read at evenly spaced times; no value is skewed, no window differs from another, and health never has a problem. The treatment with the least traffic has the effect on the first primary;
/// the other treatments, primaries and guardrails have none.
/// </remarks>
public sealed record OperatingCharacteristics
{
    /// <summary>Runs an effect unless asked for otherwise.</summary>
    public const int DefaultRuns = 500;

    /// <summary>Most runs an effect.</summary>
    public const int MostRuns = 10_000;

    private const int MostLooks = 28;

    private static readonly ImmutableArray<double> Multiples = [-1, -0.5, 0, 0.5, 1, 1.5, 2];

    /// <summary>Simulated experiments an effect.</summary>
    public required int Runs { get; init; }

    /// <summary>The same seed gives the same answer.</summary>
    public required int Seed { get; init; }

    /// <summary>Times each is read, evenly spaced, the last at the planned sizes.</summary>
    public required int Looks { get; init; }

    /// <summary>Units of each arm at the end of the plan.</summary>
    public required IReadOnlyList<long> PlannedSampleSizes { get; init; }

    /// <summary>Further primaries without a baseline (or standard deviation), which stay silent, and guardrails without one, which are taken as safe.</summary>
    public required IReadOnlyList<string> NotSimulated { get; init; }

    /// <summary>What happens at each true effect: −1, −½, 0, ½, 1, 1½ and 2 times the MDE, those that the metric can have.</summary>
    public required IReadOnlyList<SimulatedEffect> Effects { get; init; }

    /// <summary>Simulates a design.</summary>
    /// <param name="design">A design that <see cref="DesignReader"/> has accepted.</param>
    /// <param name="runs">Runs an effect, 1 to 10,000.</param>
    /// <param name="seed">Any.</param>
    /// <param name="cancellation">Stops it between two runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many runs, or a design without planned sizes.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static OperatingCharacteristics Of(Design design, int runs, int seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        if (runs is < 1 or > MostRuns) throw new ArgumentOutOfRangeException(nameof(runs), runs, $"1 to {MostRuns}.");
        var plan = Pricing.Price(design);
        if (plan.PlannedSampleSizes.IsDefaultOrEmpty) throw new ArgumentOutOfRangeException(nameof(design), design.Key, "It has no planned sizes.");
        return Of(design, plan, runs, seed, cancellation);
    }

    /// <summary>The same on another plan than the design's own.</summary>
    internal static OperatingCharacteristics Of(Design design, ExperimentPlan plan, int runs, int seed, CancellationToken cancellation)
    {
        var looks = design.Constraints.Analysis == AnalysisMethod.GroupSequential ? design.Constraints.NLooks : Math.Clamp(plan.DurationDays ?? MostLooks, 1, MostLooks);
        var world = new PolicyWorld(design, plan, looks);
        return new OperatingCharacteristics
        {
            Runs = runs,
            Seed = seed,
            Looks = looks,
            PlannedSampleSizes = plan.PlannedSampleSizes,
            NotSimulated = world.NotSimulated,
            Effects = [.. Multiples.Select(multiple => multiple * design.Metrics.MdePct).Where(world.IsPossible).Select(effect => Simulate(world, plan, effect, runs, seed, cancellation))],
        };
    }

    private static SimulatedEffect Simulate(PolicyWorld world, ExperimentPlan plan, double effectPct, int runs, int seed, CancellationToken cancellation)
    {
        var counts = new int[Enum.GetValues<VerdictStatus>().Length];
        int wrong = 0;
        double share = 0;
        var simulation = Draws.Key(FormattableString.Invariant($"policy/{effectPct:R}"));
        for (var run = 0; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var end = world.Run(new Draws((ulong)seed, simulation, (ulong)run), effectPct);
            counts[(int)end.Status]++;
            if (end.IsWrong) wrong++;
            share += end.Share;
        }

        return new SimulatedEffect
        {
            EffectPct = effectPct,
            Ship = Rate(VerdictStatus.Ship),
            StopHarm = Rate(VerdictStatus.StopHarm),
            NoWorthwhileEffect = Rate(VerdictStatus.NoWorthwhileEffect),
            Inconclusive = Rate(VerdictStatus.Inconclusive),
            Wrong = (double)wrong / runs,
            ShipStandardError = Math.Sqrt(Rate(VerdictStatus.Ship) * (1 - Rate(VerdictStatus.Ship)) / runs),
            ExpectedShareOfPlan = share / runs,
            ExpectedDays = plan.DurationDays is { } days ? (share / runs * days) + world.WindowDays : null,
        };

        double Rate(VerdictStatus status) => (double)counts[(int)status] / runs;
    }
}

/// <summary>What the policy does at one true effect: shares of the simulated experiments.</summary>
public sealed record SimulatedEffect
{
    /// <summary>The true relative effect in the desired direction, percent: above 0 a gain.</summary>
    public required double EffectPct { get; init; }

    /// <summary>Shipped.</summary>
    public required double Ship { get; init; }

    /// <summary>Stopped for harm.</summary>
    public required double StopHarm { get; init; }

    /// <summary>Stopped because nothing worthwhile is left.</summary>
    public required double NoWorthwhileEffect { get; init; }

    /// <summary>Ended with the plan, undecided.</summary>
    public required double Inconclusive { get; init; }

    /// <summary>Acted wrongly: shipped what gains nothing (or less than the declared minimum), stopped for harm where none was done, or called nothing worthwhile what is.</summary>
    public required double Wrong { get; init; }

    /// <summary>Monte Carlo standard error of <c>ship</c>.</summary>
    public required double ShipStandardError { get; init; }

    /// <summary>Share of the planned units that are needed on average, at most 1.</summary>
    public required double ExpectedShareOfPlan { get; init; }

    /// <summary>Days on average until the verdict, with the longest window of a metric that decides; null without expected traffic.</summary>
    public required double? ExpectedDays { get; init; }
}
