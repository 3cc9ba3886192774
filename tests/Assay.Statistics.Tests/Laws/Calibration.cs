using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

/// <summary>Seeded simulations, bounded by exact binomial tails at 1e-6 so that a right implementation cannot flake.</summary>
public sealed class Calibration
{
    private const double Certain = 1e-6;

    [Fact]
    public void Always_valid_inference_read_at_100_looks_rejects_a_true_null_at_most_at_its_level()
    {
        const int runs = 2000, looks = 100, batch = 200;
        const double alpha = 0.05, rate = 0.2;
        var draw = new Draws(20260101);
        var mixture = AlwaysValid.MixtureVariance(2 * rate * (1 - rate) / (looks * batch), alpha);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            long control = 0, treatment = 0;
            for (var look = 1; look <= looks; look++)
            {
                control += draw.Binomial(batch, rate);
                treatment += draw.Binomial(batch, rate);
                var effect = Proportions.Difference(control, look * batch, treatment, look * batch).Value;
                if (!(AlwaysValid.Infer(effect, alpha, mixture).Value.PValue <= alpha)) continue;
                rejected++;
                break;
            }
        }

        Assert.True(rejected <= MostSuccesses(runs, alpha), $"{rejected} of {runs}");
        Assert.True(rejected > 0, "a test that never rejects proves nothing");
    }

    [Fact]
    public void Reading_a_fixed_test_at_20_looks_rejects_a_true_null_about_a_quarter_of_the_time()
    {
        const int runs = 4000;
        var draw = new Draws(7);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            double sum = 0;
            for (var look = 1; look <= 20; look++)
            {
                sum += draw.Normal();
                if (Normal.TwoSidedPValue(sum / Math.Sqrt(look)) > 0.05) continue;
                rejected++;
                break;
            }
        }

        var rate = GroupSequential.NaiveFalsePositiveRate(20, 0.05);
        Assert.InRange(rejected, runs - MostSuccesses(runs, 1 - rate), MostSuccesses(runs, rate));
    }

    [Fact]
    public void OBrien_Fleming_bounds_spend_their_level_and_no_more()
    {
        const int runs = 20_000, looks = 5;
        var bounds = GroupSequential.OBrienFleming(looks, 0.05);
        var draw = new Draws(11);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            double sum = 0;
            for (var look = 1; look <= looks; look++)
            {
                sum += draw.Normal();
                if (Math.Abs(sum) / Math.Sqrt(look) < bounds.Z[look - 1]) continue;
                rejected++;
                break;
            }
        }

        Assert.InRange(rejected, runs - MostSuccesses(runs, 0.95), MostSuccesses(runs, 0.05));
    }

    [Theory]
    [InlineData(60, 40, 0.3)]
    [InlineData(120, 30, 0.15)]
    public void The_score_interval_covers_about_as_often_as_it_says(int controls, int treatments, double rate)
    {
        // Exact enumeration, not simulation: P(the interval holds a true difference of 0).
        double covered = 0;
        for (var x = 0; x <= controls; x++)
        {
            for (var y = 0; y <= treatments; y++)
            {
                var interval = Proportions.ScoreInterval(x, controls, y, treatments, 0.05).Value;
                if (interval.Lower <= 0 && interval.Upper >= 0) covered += Math.Exp(LogMass(x, controls, rate) + LogMass(y, treatments, rate));
            }
        }

        Assert.InRange(covered, 0.94, 0.965);
    }

    [Fact]
    public void The_sequential_sample_ratio_test_read_after_every_unit_alarms_at_most_at_its_level()
    {
        const int runs = 1000, units = 1000;
        var draw = new Draws(99);
        double[] weights = [1, 1];
        long[] counts = new long[2];
        var alarms = 0;
        for (var run = 0; run < runs; run++)
        {
            counts[0] = counts[1] = 0;
            for (var unit = 0; unit < units; unit++)
            {
                counts[draw.Uniform() < 0.5 ? 0 : 1]++;
                if (SampleRatio.SequentialPValue(counts, weights, 100) > 0.05) continue;
                alarms++;
                break;
            }
        }

        Assert.True(alarms <= MostSuccesses(runs, 0.05), $"{alarms} of {runs}");
        Assert.True(alarms > 0, "a test that never alarms proves nothing");
    }

    /// <summary>The smallest k with P(Binomial(n, p) &gt; k) ≤ 1e-6.</summary>
    private static int MostSuccesses(int n, double p)
    {
        var k = (int)(n * p);
        while (k < n && Beta.Cdf(p, k + 1, n - k) > Certain) k++;
        return k;
    }

    private static double LogMass(int x, int n, double p) => LogGamma.Of(n + 1) - LogGamma.Of(x + 1) - LogGamma.Of(n - x + 1) + (x * Math.Log(p)) + ((n - x) * Math.Log(1 - p));

    /// <summary>A counter-based generator (SplitMix64), so that a seed means the same draws on every runtime.</summary>
    private sealed class Draws(ulong seed)
    {
        private ulong _state = seed;

        public double Uniform()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }

        public double Normal() => Distributions.Normal.Quantile(Math.Max(1e-300, Uniform()));

        public int Binomial(int n, double p)
        {
            var successes = 0;
            for (var i = 0; i < n; i++) successes += Uniform() < p ? 1 : 0;
            return successes;
        }
    }
}
