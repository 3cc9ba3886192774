using Assay.Statistics.Distributions;
using CsCheck;

namespace Assay.Statistics.Tests.AnytimeValid;

public sealed class SequentialisedTestTests
{
    [Fact]
    public void It_is_a_martingale_under_the_null_and_starts_at_one()
    {
        Assert.Equal(0, SequentialisedTest.LogEvidence(0, 1e-12, 0.05), 1e-5);
        Gen.Select(Gen.Double[-3, 3], Gen.Double[0.05, 0.9], Gen.Double[0.1, 0.9]).Sample((z, fraction, share) =>
        {
            // From S = z·√t the walk goes on to t' by a normal step: the mean of e there is e here.
            double later = fraction + (share * (1 - fraction)), sum = z * Math.Sqrt(fraction), step = Math.Sqrt(later - fraction);
            var mean = GaussLegendre.Forty.Integrate(u => Density(u) * Evidence((sum + (step * u)) / Math.Sqrt(later), later), -9, 0)
                + GaussLegendre.Forty.Integrate(u => Density(u) * Evidence((sum + (step * u)) / Math.Sqrt(later), later), 0, 9);
            Assert.Equal(Evidence(z, fraction), mean, 1e-3);
        });

        static double Evidence(double z, double fraction) => Math.Exp(SequentialisedTest.LogEvidence(z, fraction, 0.05));
        static double Density(double u) => Math.Exp(-0.5 * u * u) / Math.Sqrt(2 * Math.PI);
    }

    [Fact]
    public void At_the_planned_end_it_is_the_test()
    {
        Assert.Equal(20, Math.Exp(SequentialisedTest.LogEvidence(-1.97, 1, 0.05)), 1e-12);
        Assert.Equal(double.NegativeInfinity, SequentialisedTest.LogEvidence(1.95, 1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("fraction", () => SequentialisedTest.LogEvidence(1, 1.01, 0.05));
    }

    [Fact]
    public void Running_inference_keeps_the_smallest_p_value_and_says_when_nothing_is_left()
    {
        var effect = new Estimate(0, 1, double.PositiveInfinity);
        var running = RunningInference.None.After(new Inference(effect, new Interval(-1, 2), 0, 0.4)).After(new Inference(effect, new Interval(0.5, 3), 0, 0.03));
        Assert.Equal((0.03, new Interval(0.5, 2)), (running.PValue, running.Interval));
        Assert.False(running.IsEmpty);
        Assert.True(running.After(new Inference(effect, new Interval(2.1, 4), 0, 0.2)).IsEmpty);
    }
}
