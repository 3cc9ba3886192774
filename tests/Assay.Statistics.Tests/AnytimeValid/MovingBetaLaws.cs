using CsCheck;

namespace Assay.Statistics.Tests.AnytimeValid;

public sealed class MovingBetaLaws
{
    private static readonly Gen<MovingBeta> Prior = Gen.Select(Gen.Double[0.5, 2000], Gen.Double[0.5, 40], Gen.Double[0.5, 40]).Select((k, a, b) => new MovingBeta(k, a, b));

    [Fact]
    public void It_is_a_martingale_one_unit_more_changes_nothing_on_average() =>
        Gen.Select(Prior, Gen.Long[0, 50], Gen.Long[0, 3000], Gen.Double[1e-5, 0.999]).Sample((prior, x, failures, theta) =>
        {
            var n = x + failures;
            double now = prior.LogEvidence(theta, x, n), hit = prior.LogEvidence(theta, x + 1, n + 1), miss = prior.LogEvidence(theta, x, n + 1);
            Assert.Equal(1, (theta * Math.Exp(hit - now)) + ((1 - theta) * Math.Exp(miss - now)), 1e-9);
        });

    [Fact]
    public void Its_logarithm_is_convex_and_its_slope_is_the_slope() =>
        Gen.Select(Prior, Gen.Long[0, 50], Gen.Long[0, 3000], Gen.Double[1e-4, 0.99], Gen.Double[0.01, 1]).Sample((prior, x, failures, theta, share) =>
        {
            var n = x + failures;
            var higher = theta + (share * (0.999 - theta));
            Assert.True(prior.Slope(higher, x, n) >= prior.Slope(theta, x, n) - (1e-9 * (1 + n)));
            var step = 1e-5 * theta * (1 - theta);
            var rise = (prior.LogEvidence(theta + step, x, n) - prior.LogEvidence(theta - step, x, n)) / (2 * step);
            Assert.Equal(0, (prior.Slope(theta, x, n) - rise) * theta / (1 + n), 1e-6);
        });

    [Fact]
    public void Impossible_counts_are_infinite_evidence_and_none_is_none()
    {
        var prior = new MovingBeta(100, 1, 2);
        Assert.Equal(double.PositiveInfinity, prior.LogEvidence(0, 1, 5));
        Assert.Equal(double.PositiveInfinity, prior.LogEvidence(1, 4, 5));
        Assert.Equal(0, prior.LogEvidence(0.3, 0, 0), 1e-15);
        Assert.InRange(prior.LogEvidence(0, 0, 5), -5, 0);
    }
}
