using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Looks as the server takes them: by the information of what has matured, at uneven commits.</summary>
internal static class LookTakingStudies
{
    private const double Alpha = 0.05;
    private const int Commits = 60;
    private const double Baseline = 0.2;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Matured = (long)(Now.AddHours(-2) - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    /// <summary>The bound at each step: of the planned looks so far and, between them, of one more.</summary>
    private static readonly Lazy<ImmutableArray<double>> Bounds = new(() =>
    [
        .. Enumerable.Range(1, Commits).Select(step => GroupSequential.Spending(
            SpendingFunction.OBrienFleming, [.. Enumerable.Range(1, (step - 1) * 5 / Commits).Select(look => look / 5.0), (double)step / Commits], Alpha).Z[^1]),
    ]);

    private static readonly Lazy<(Design Design, ExperimentPlan Plan)> Planned = new(Priced);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("null", "Looks taken at commits, where nothing differs", 0, [
            new("spoke", "every hypothesis has its last look", new Claim.AtLeast(0.99), "the plan was reached", seen => seen.Ended),
            new("decision", "some look crosses its bound", new Claim.AtMost(Alpha), "OBF spending, Bonferroni over 2 primaries", seen => seen.Crossed),
            new("reference", "some running comparison has p ≤ .05 at a commit", new Claim.Exceeds(Alpha), "peeking", seen => seen.Remarked) { IsNaive = true },
        ]),
        Of("effect", "Looks taken at commits, at the planned effect", 1, [
            new("power", "a look at the first primary crosses its bound", new Claim.AtLeast(0.8), "the planned power", seen => seen.Found),
            new("coverage", "the final interval of the first primary misses the true difference", new Claim.Rate(Alpha / 2, 0.005), "stage-wise ordering", seen => seen.Missed),
        ]),
        Of("overstated", "Looks where the plan declared ten times the conversions", 0, [
            new("decision", "some look crosses its bound", new Claim.AtMost(Alpha), "a look waits for enough units", seen => seen.Crossed),
        ], 0.02),
        Chosen(),
    ];

    private static Simulation Of(string name, string title, double effects, ImmutableArray<Question<Seen>> questions, double rate = Baseline) => Simulation.Of(
        $"readout/looks-{name}",
        title,
        FormattableString.Invariant($"Conversions of {100 * rate} % on two primaries (the plan expects {100 * Baseline} %), 60 commits of random sizes, five looks, up to 1.1 times the planned units."),
        4_000,
        200,
        draws => Read(draws, effects, rate),
        questions);

    /// <summary>Why a stop makes no look due: the normal process itself, planned looks at fifths, and somebody who may stop at any sixtieth and then look once more.</summary>
    private static Simulation Chosen() => Simulation.Of(
        "readout/looks-chosen",
        "A look at the stop",
        "A standard normal process at sixtieths of its information; five planned looks, O'Brien–Fleming spending.",
        20_000,
        10_000,
        draws =>
        {
            var (sum, isPlanned, isChosen) = (0.0, false, false);
            for (var step = 1; step <= Commits; step++)
            {
                sum += draws.Normal();
                var isCrossed = Math.Abs(sum / Math.Sqrt(step)) >= Bounds.Value[step - 1];
                isChosen |= isCrossed;
                isPlanned |= isCrossed && step % (Commits / 5) == 0;
            }

            return (isPlanned, isChosen);
        },
        new("planned", "looks as planned", new Claim.Rate(Alpha), "exact", seen => seen.isPlanned),
        new("stopped", "one more look, at the stop, where it would cross", new Claim.Exceeds(Alpha), "looks at chosen moments", seen => seen.isChosen) { IsNaive = true });

    private static (Design Design, ExperimentPlan Plan) Priced()
    {
        var design = DesignReader.Read(JsonElement.Parse(FormattableString.Invariant($$"""
            {
              "key": "looked-at",
              "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
              "metrics": {
                "primary_metric_name": "buy", "metric_type": "binary", "baseline_value": {{Baseline}}, "mde_pct": 10,
                "more_primaries": [ { "name": "subscribe", "metric_type": "binary", "baseline_value": {{Baseline}} } ]
              },
              "constraints": { "n_looks": 5 }
            }
            """))).Design!;
        return (design, Pricing.Price(design));
    }

    private static Seen Read(Draws draws, double effects, double rate)
    {
        var (design, plan) = Planned.Value;
        string[] metrics = ["buy", "subscribe"];
        var sums = (from metric in metrics from arm in (int[])[0, 1] select new AccumulatorKey(0, arm, metric, "", Matured)).ToImmutableDictionary(key => key, _ => new Accumulator(1));
        ImmutableArray<LookReadout> looks = [];
        var end = 1.1 * plan.PlannedSampleSizes.Sum();
        var gain = effects * Baseline * design.Metrics.MdePct / 100;
        var seen = new Seen(false, false, false, false, false);
        for (int commit = 1, sent = 0; commit <= Commits; commit++)
        {
            // From nothing to twice what is even.
            var batch = commit == Commits ? (int)end - sent : (int)(draws.Uniform() * 2 * (end - sent) / (Commits - commit + 1));
            sent += batch;
            var control = draws.Binomial(batch, 0.5);
            foreach (var metric in metrics)
            {
                Add(metric, 0, control, rate);
                Add(metric, 1, batch - control, metric == "buy" ? rate + gain : rate);
            }

            var input = new ReadoutInput(design, plan, design.Key, "running", 1, 0, new MeasuredExperiment(design.Key, commit, commit, null, 0, sums), looks, Now, AllPairs: false, Final: false);
            looks = [.. looks, .. LookTaking.Due(input)];
            if (commit % 6 == 0 && effects == 0) seen = seen with { Remarked = seen.Remarked || Running(input) };
            if (commit == Commits) seen = Judge(seen, input with { Looks = looks }, gain);
        }

        return seen;

        void Add(string metric, int arm, int units, double share) => ReadoutStudies.Add(sums[new AccumulatorKey(0, arm, metric, "", Matured)], draws.Binomial(units, share), units);
    }

    private static bool Running(ReadoutInput input)
    {
        var units = ExperimentUnits.Sum(input.Design, input.Measured, long.MaxValue);
        return new[] { input.Design.Metrics.Primary, input.Design.Metrics.MorePrimaries[0] }
            .Any(metric => new Pair(metric, units[metric].Running[0], units[metric].Running[1]).Test(Alpha).TryGet(out var test) && test.PValue <= Alpha);
    }

    private static Seen Judge(Seen seen, ReadoutInput input, double gain)
    {
        var readout = Readout.Analyse(input);
        var first = readout.Comparisons[0].Decision;
        DecisionReadout[] decisions = [first, readout.Primaries[0].Comparisons[0].Decision];
        return seen with
        {
            Ended = decisions.All(decision => decision.PValue is not null),
            Crossed = decisions.Any(decision => decision.IsSignificant),
            Found = first.IsSignificant,
            Missed = first.CiLower > gain || first.CiUpper < gain,
        };
    }

    private sealed record Seen(bool Ended, bool Crossed, bool Found, bool Missed, bool Remarked);
}
