using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Whether the readout tells an effect that lasts from one that wears off, read again and again.</summary>
internal static class NoveltyStudies
{
    private const int Looks = 10;
    private const int Ages = 3;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Matured = (long)(Now.AddDays(-1).Date - DateTimeOffset.UnixEpoch.UtcDateTime).TotalMicroseconds;

    /// <summary>Chance of an event on each day since first exposure: few units do most, and most is done on the first day.</summary>
    private static readonly (double Share, double[] Rates)[] Kinds = [(0.3, [0.5, 0.3, 0.2]), (0.7, [0.1, 0.05, 0.03])];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of(
            "lasting",
            "An effect that lasts, read at ten looks by days since first exposure",
            "Conversions of 22, 12.5 and 8.1 % on the three days after exposure, of which three tenths of the units do most; 10 % more on each day in the treatment.",
            [1.1, 1.1, 1.1],
            4_000,
            [
                new("spoke", "the slope was told at some look", new Claim.AtLeast(0.99), "the start rule is passed", seen => seen.Spoke),
                new("flagged", "a change with age is flagged at some look", new Claim.AtMost(AgeTrend.Level), "the sequence of the slope", seen => seen.Flagged),
                new("fixed", "a fixed test of the same slope has p < .01 at some look", new Claim.Exceeds(AgeTrend.Level), "peeking", seen => seen.Fixed) { IsNaive = true },
                new("absolute", "a fixed test of the slope of absolute effects has p < .01 at the last look", new Claim.Exceeds(AgeTrend.Level), "means fall with age, and a lasting effect with them", seen => seen.Absolute) { IsNaive = true },
            ]),
        Of(
            "fading",
            "An effect that wears off, read at ten looks by days since first exposure",
            "The same with 16, 8 and 0 % more on the three days.",
            [1.16, 1.08, 1.0],
            1_000,
            [
                new("flagged", "a change with age is flagged at some look", new Claim.AtLeast(0.8), "the world has one", seen => seen.Flagged),
                new("named", "where it is flagged it is called fading at every look", new Claim.AtLeast(0.99), "the world's", seen => seen.Flagged ? seen.Misnamed ? 0 : 1 : double.NaN),
            ]),
    ];

    private static Simulation Of(string name, string title, string world, double[] lifts, int runs, IEnumerable<Question<Seen>> questions)
    {
        var planned = new Lazy<(Design Design, ExperimentPlan Plan)>(Priced);
        return Simulation.Of($"novelty/{name}", title, world, runs, runs / 4, draws => Read(draws, planned.Value.Design, planned.Value.Plan, lifts), questions);
    }

    private static (Design Design, ExperimentPlan Plan) Priced()
    {
        var design = DesignReader.Read(JsonElement.Parse("""
            {
              "key": "lasting",
              "setup": { "variations": [ { "key": "a" }, { "key": "b" } ] },
              "metrics": { "primary_metric_name": "buy", "metric_type": "binary", "baseline_value": 0.3, "mde_pct": 5, "attribution_window_hours": 72 },
              "constraints": { "analysis": "always_valid" }
            }
            """)).Design!;
        return (design, Pricing.Price(design));
    }

    private static Seen Read(Draws draws, Design design, ExperimentPlan plan, double[] lifts)
    {
        var sums = (from arm in (int[])[0, 1] from slice in (string[])["", AccumulatorKey.Age] select new AccumulatorKey(0, arm, "buy", slice, Matured))
            .ToImmutableDictionary(key => key, key => new Accumulator(key.IsByAge ? Ages : 1));
        var batch = (int)(plan.PlannedSampleSizes.Sum() / Looks);
        var seen = default(Seen);
        for (var look = 1; look <= Looks; look++)
        {
            var treated = draws.Binomial(batch, 0.5);
            Add(0, batch - treated, [1, 1, 1]);
            Add(1, treated, lifts);
            var novelty = Readout.Analyse(new ReadoutInput(design, plan, design.Key, "running", 1, 0, new MeasuredExperiment(design.Key, look, look, null, 0, sums), [], Now, false, false)).Also[0].Novelty;
            if (novelty.Slope is not { } slope) continue;
            seen.Spoke = true;
            seen.Flagged |= novelty.IsFlagged;
            seen.Misnamed |= novelty.Course == NoveltyCourse.Growing;
            seen.Fixed |= IsSignificant(new Estimate(slope.PerDay, slope.StandardError * slope.StandardError, double.PositiveInfinity));
        }

        seen.Absolute = IsSignificant(Differences(Moments(0), Moments(1)));
        return seen;

        JointMoments Moments(int arm) => sums[new AccumulatorKey(0, arm, "buy", AccumulatorKey.Age, Matured)].ToMoments();

        void Add(int arm, int units, double[] factors)
        {
            var heavy = draws.Binomial(units, Kinds[0].Share);
            foreach (var (kind, count) in new[] { (Kinds[0], heavy), (Kinds[1], units - heavy) })
            {
                // Units by what they did on each day: split day after day.
                var groups = new List<(int Units, double[] Days)> { (count, []) };
                for (var age = 0; age < Ages; age++)
                {
                    groups = [.. groups.SelectMany(group =>
                    {
                        var active = draws.Binomial(group.Units, kind.Rates[age] * factors[age]);
                        return new[] { (active, (double[])[.. group.Days, 1]), (group.Units - active, [.. group.Days, 0]) };
                    })];
                }

                foreach (var (of, days) in groups) Repeat(arm, days, of);
            }
        }

        void Repeat(int arm, double[] days, int times)
        {
            var value = new MetricValue(Matured, days.Max(), (long)days.Sum(), 0);
            ReadoutStudies.Repeat(sums[new AccumulatorKey(0, arm, "buy", "", Matured)], value, [], times);
            ReadoutStudies.Repeat(sums[new AccumulatorKey(0, arm, "buy", AccumulatorKey.Age, Matured)], value with { Value = days[0] }, days[1..], times);
        }
    }

    private static Estimate Differences(JointMoments control, JointMoments treatment)
    {
        var covariance = Enumerable.Range(0, Ages).Select(i => Enumerable.Range(0, Ages).Select(j => (control.Covariance(i, j) / control.Count) + (treatment.Covariance(i, j) / treatment.Count)).ToArray()).ToArray();
        return EffectTrend.Of([0.5, 1.5, 2.5], [.. Enumerable.Range(0, Ages).Select(age => treatment.Means[age] - control.Means[age])], covariance).Value.Slope.Value;
    }

    private static bool IsSignificant(Estimate slope) => FixedHorizon.Infer(slope, AgeTrend.Level).Value.PValue < AgeTrend.Level;

    private record struct Seen(bool Spoke, bool Flagged, bool Misnamed, bool Fixed, bool Absolute);
}
