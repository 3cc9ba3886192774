using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.AnytimeValid;

/// <summary>Error rates and power of the exact sequence: by summing over every path where that is possible, by seeded simulation bounded by binomial tails where not.</summary>
public sealed class TwoProportionCalibration
{
    private const double Alpha = 0.05;

    [Theory]
    [InlineData(20, 0.01)]
    [InlineData(20, 0.2)]
    [InlineData(60, 0.05)]
    [InlineData(60, 0.5)]
    public void Read_after_every_pair_of_units_a_true_null_is_rejected_at_most_at_its_level_summed_over_every_path(int planned, double rate)
    {
        // The probability of each pair of counts among paths that have not crossed, carried from unit to unit.
        const int units = 60;
        var sequence = TwoProportionSequence.Planned(rate, planned, planned, Alpha);
        var mass = new double[units + 1, units + 1];
        mass[0, 0] = 1;
        double crossed = 0;
        for (var n = 1; n <= units; n++)
        {
            var next = new double[units + 1, units + 1];
            for (var c = 0; c <= n; c++)
            {
                for (var t = 0; t <= n; t++)
                {
                    var arrives = (Mass(mass, c, t) * (1 - rate) * (1 - rate)) + (((Mass(mass, c - 1, t) * (1 - rate)) + (Mass(mass, c, t - 1) * (1 - rate)) + (Mass(mass, c - 1, t - 1) * rate)) * rate);
                    if (arrives == 0) continue;
                    if (sequence.LogEvidence(c, n, t, n) >= -Math.Log(Alpha)) crossed += arrives;
                    else next[c, t] = arrives;
                }
            }

            mass = next;
        }

        Assert.InRange(crossed, 1e-9, Alpha);

        static double Mass(double[,] mass, int c, int t) => c < 0 || t < 0 ? 0 : mass[c, t];
    }

    [Theory]
    [InlineData(20, 0.01)]
    [InlineData(20, 0.2)]
    [InlineData(200, 0.01)]
    [InlineData(200, 0.2)]
    public void Read_at_a_thousand_looks_a_true_null_is_rejected_at_most_at_its_level(int planned, double rate)
    {
        const int runs = 100, looks = 1000;
        var coins = new Coins((ulong)(planned + (1000 * rate)));
        var sequence = TwoProportionSequence.Planned(rate, planned, planned, Alpha);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            long control = 0, treatment = 0;
            for (var look = 1; look <= looks; look++)
            {
                control += coins.Successes(1, rate);
                treatment += coins.Successes(1, rate);
                if (sequence.LogEvidence(control, look, treatment, look) < -Math.Log(Alpha)) continue;
                rejected++;
                break;
            }
        }

        // P(Binomial(runs, α) ≥ rejected) of a test that just holds its level is above 1e-3.
        Assert.True(rejected == 0 || Beta.Cdf(Alpha, rejected, runs - rejected + 1) > 1e-3, $"{rejected} of {runs}");
    }

    [Theory]
    [InlineData(0.05, 0.2, 90, 60)]
    [InlineData(0.3, 0.1, 80, 80)]
    public void The_power_of_one_look_is_the_sum_over_all_counts(double control, double treatment, long controlSize, long treatmentSize)
    {
        var sequence = TwoProportionSequence.Planned(control, controlSize, treatmentSize, Alpha);
        double power = 0;
        for (var c = 0; c <= controlSize; c++)
        {
            for (var t = 0; t <= treatmentSize; t++)
            {
                var onItsSide = ((double)t / treatmentSize).CompareTo((double)c / controlSize) == treatment.CompareTo(control);
                if (onItsSide && sequence.LogEvidence(c, controlSize, t, treatmentSize) >= -Math.Log(Alpha)) power += Mass(c, controlSize, control) * Mass(t, treatmentSize, treatment);
            }
        }

        Assert.Equal(power, sequence.Power(control, treatment, controlSize, treatmentSize, Alpha), 1e-12);

        static double Mass(long x, long n, double p) => Math.Exp(LogGamma.Of(n + 1) - LogGamma.Of(x + 1) - LogGamma.Of(n - x + 1) + (x * Math.Log(p)) + ((n - x) * Math.Log(1 - p)));
    }
}
