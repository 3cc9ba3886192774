using Assay.Analysis.Calibration;
using Assay.Analysis.Health;

namespace Assay.Analysis.Tests.Health;

/// <summary>Sound experiments, read every day: how often the tests behind the checks err, judged by exact binomial tails.</summary>
public sealed class HealthCalibrationTests
{
    private const int Days = 28;

    [Theory]
    [Trait("Ring", "calibration")]
    [InlineData("two equal arms")]
    [InlineData("three equal arms")]
    [InlineData("80 : 20")]
    public void A_sound_experiment_has_a_problem_no_more_often_than_promised(string shape) => Simulate(shape, 60);

    [Theory]
    [Trait("Ring", "soak")]
    [InlineData("two equal arms")]
    [InlineData("three equal arms")]
    [InlineData("80 : 20")]
    public void Many_sound_experiments_have_a_problem_no_more_often_than_promised(string shape) => Simulate(shape, 600);

    private static void Simulate(string shape, int runs)
    {
        var seen = new Seen[runs];
        Parallel.For(0, runs, run => seen[run] = Watch(shape, (ulong)run));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{shape}, {runs} runs: problem {seen.Count(run => run.IsProblem)}; p ≤ .05 ever: sample ratio {seen.Count(run => run.SampleRatio <= 0.05)}, crossovers {seen.Count(run => run.Crossovers <= 0.05)}, refused {seen.Count(run => run.Refused <= 0.05)}, repeated {seen.Count(run => run.Duplicates <= 0.05)}, early {seen.Count(run => run.Early <= 0.05)}, balance {seen.Count(run => run.Balance <= 0.05)}; slices p ≤ .01 {seen.Count(run => run.Slices <= 0.01)}; naive {seen.Count(run => run.IsNaivelyEarly)}"));

        AtMost(0.006, run => run.IsProblem);
        AtMost(0.05, run => run.SampleRatio <= 0.05);
        AtMost(0.01, run => run.Slices <= 0.01);
        AtMost(0.05, run => run.Crossovers <= 0.05);
        AtMost(0.05, run => run.Refused <= 0.05);
        AtMost(0.05, run => run.Duplicates <= 0.05);
        AtMost(0.05, run => run.Early <= 0.05);
        AtMost(0.05, run => run.Balance <= 0.05);
        Assert.All(seen, run => Assert.True(run is { Refused: < 2, Duplicates: < 2, Early: < 2, Balance: < 2 }, "Every test has spoken in every run."));

        // Counting clustered events as if they were independent, and looking every day, must be seen to err here.
        Assert.True(new Claim.Exceeds(0.05).Agrees(Tally.Of(seen.Count(run => run.IsNaivelyEarly), runs)));

        void AtMost(double rate, Func<Seen, bool> errs, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(errs))] string what = "")
        {
            var tally = Tally.Of(seen.Count(errs), runs);
            Assert.True(new Claim.AtMost(rate).Agrees(tally), $"{what}: {tally.Sum} of {runs}");
        }
    }

    [Fact]
    public void Signs_of_days_ever_reach_a_level_no_more_often_than_it_says()
    {
        const int days = 200;
        const double level = 0.001;
        var mass = new double[days + 1];
        mass[0] = 1;
        double reached = 0;
        for (var day = 1; day <= days; day++)
        {
            for (var above = day; above >= 0; above--)
            {
                mass[above] = 0.5 * (mass[above] + (above > 0 ? mass[above - 1] : 0));
                if (mass[above] == 0 || ArmRates.Compare(Signs(above, day - above), 2).PValue > level) continue;
                reached += mass[above];
                mass[above] = 0;
            }
        }

        Assert.InRange(reached, level / 10, level);
        Assert.Equal(13, Enumerable.Range(1, 20).First(day => ArmRates.Compare(Signs(day, 0), 2).PValue <= level));
    }

    private static List<(long[] Counts, long[] Of)> Signs(int above, int below) =>
        [.. Enumerable.Repeat((new long[] { 100, 101 }, new long[] { 1000, 1000 }), above), .. Enumerable.Repeat((new long[] { 101, 100 }, new long[] { 1000, 1000 }), below)];

    private static Seen Watch(string shape, ulong run)
    {
        var (variations, split, weights) = shape switch
        {
            "two equal arms" => ("{ \"key\": \"a\" }, { \"key\": \"b\" }", "1, 1", new[] { 0.5, 1 }),
            "three equal arms" => ("{ \"key\": \"a\" }, { \"key\": \"b\" }, { \"key\": \"c\" }", "1, 1, 1", [1.0 / 3, 2.0 / 3, 1]),
            _ => ("{ \"key\": \"a\" }, { \"key\": \"b\" }", "80, 20", [0.8, 1]),
        };
        var world = new World(run)
        {
            Design = $$"""
                { "key": "sound", "setup": { "variations": [ {{variations}} ], "traffic_split": [ {{split}} ], "segments": [ { "attribute": "country", "values": ["DE", "FR"] } ] },
                  "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.2, "mde_pct": 10, "attribution_window_hours": 1,
                    "covariates": [ { "name": "spent_before", "source": "pre_period" } ] } }
                """,
            Plan = null,
            UnitsPerDay = shape == "two equal arms" ? 115 : shape == "80 : 20" ? 290 : 175,
            Unexposed = 0,
            Window = 1,
            Assign = draws => draws.Uniform() is var place ? Array.FindIndex(weights, weight => place < weight) : 0,
            Refused = _ => 0.25,
            Repeats = _ => 0.7,
            Crosses = _ => 0.03,
        };
        var seen = new Seen();
        for (var day = 1; day <= Days; day++)
        {
            var health = world.ReadOn(day);
            var ratio = (SampleRatioEvidence)health.Checks[(int)HealthCode.SampleRatio].Evidence!;
            var early = (ArmRatesEvidence)health.Checks[(int)HealthCode.EarlyEvents].Evidence!;
            seen = new Seen
            {
                IsProblem = seen.IsProblem || health.Status == HealthStatus.Problem,
                SampleRatio = Math.Min(seen.SampleRatio, ratio.Stages.Min(stage => stage.SequentialPValue ?? 1)),
                Slices = Math.Min(seen.Slices, ratio.Slices.Select(slice => slice.PValueAdjusted).DefaultIfEmpty(1).Min()),
                Crossovers = Math.Min(seen.Crossovers, PValue(health, HealthCode.Crossovers)),
                Refused = Math.Min(seen.Refused, PValue(health, HealthCode.RefusedExposures)),
                Duplicates = Math.Min(seen.Duplicates, PValue(health, HealthCode.DuplicateExposures)),
                Early = Math.Min(seen.Early, PValue(health, HealthCode.EarlyEvents)),
                Balance = Math.Min(seen.Balance, health.Checks[(int)HealthCode.PrePeriodBalance].Evidence is BalanceEvidence balance ? balance.Covariates.Min(covariate => covariate.PValueAdjusted) : 2),
                IsNaivelyEarly = seen.IsNaivelyEarly || IsNaivelyDifferent(early.Arms[0], early.Arms[1]),
            };
        }

        return seen;
    }

    private static double PValue(HealthReadout health, HealthCode code) => health.Checks[(int)code].Evidence is ArmRatesEvidence evidence ? evidence.PValue ?? 2 : 2;

    /// <summary>z of two Poisson rates, beyond ±1.96.</summary>
    private static bool IsNaivelyDifferent(ArmRate a, ArmRate b) =>
        a.Of > 0 && b.Of > 0 && Math.Abs((b.Rate - a.Rate)!.Value) > 1.96 * Math.Sqrt((a.Count / (double)a.Of / a.Of) + (b.Count / (double)b.Of / b.Of));

    /// <summary>The smallest p-values of a run, 2 where a test has not spoken.</summary>
    private sealed record Seen
    {
        public bool IsProblem { get; init; }

        public double SampleRatio { get; init; } = 2;

        public double Slices { get; init; } = 2;

        public double Crossovers { get; init; } = 2;

        public double Refused { get; init; } = 2;

        public double Duplicates { get; init; } = 2;

        public double Early { get; init; } = 2;

        public double Balance { get; init; } = 2;

        public bool IsNaivelyEarly { get; init; }
    }
}
