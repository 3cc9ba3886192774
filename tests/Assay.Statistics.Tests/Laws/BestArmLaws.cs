using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class BestArmLaws
{
    private static readonly Gen<double> Shape = Gen.Double[-1, 4.5].Select(exponent => Math.Pow(10, exponent));
    private static readonly Gen<(double, double)[]> Proportions = Gen.Select(Shape, Shape).Array[1, 7];
    private static readonly Gen<Estimate[]> Means = Gen.Select(Gen.Double[-3, 3], Gen.Double[-3, 2]).Select((mean, exponent) => new Estimate(mean, Math.Pow(10, exponent), 9)).Array[1, 9];

    [Fact]
    public void Some_arm_is_best_and_another_second() =>
        Gen.Select(Proportions, Means).Sample((proportions, means) => new[] { BestArm.OfProportions(proportions).Value, BestArm.OfMeans(means).Value }.All(best =>
            Near(best.ProbabilityBest.Sum(), 1)
            && Near(best.ProbabilitySecond.Sum(), best.ProbabilitySecond.Length > 1 ? 1 : 0)
            && Near(best.TopTwoWeights.Sum(), best.TopTwoWeights.Length > 1 ? 1 : 0.5)), iter: 25);

    [Fact]
    public void The_loss_of_an_arm_is_what_its_mean_lacks_of_the_best() =>
        Gen.Select(Proportions, Means).Sample((proportions, means) =>
        {
            BestArm p = BestArm.OfProportions(proportions).Value, m = BestArm.OfMeans(means).Value;
            return proportions.Index().All(arm => Near(arm.Item.Item1 / (arm.Item.Item1 + arm.Item.Item2) + p.ExpectedLoss[arm.Index], p.ExpectedBest))
                && means.Index().All(arm => Near(arm.Item.Value + m.ExpectedLoss[arm.Index], m.ExpectedBest));
        }, iter: 25);

    [Fact]
    public void Two_proportions_are_compared_as_everywhere_else() =>
        Gen.Select(Gen.Long[0, 300], Gen.Long[0, 300], Gen.Long[0, 300], Gen.Long[0, 300]).Sample((x, xRest, y, yRest) =>
        {
            var two = Bayes.Proportions(x, x + xRest, y, y + yRest, 0.05).Value;
            var best = BestArm.OfProportions([(x + 1, xRest + 1), (y + 1, yRest + 1)]).Value;
            return Relative(best.ProbabilityBest[0], two.ProbabilityControlBeatsTreatment) < 1e-9 && Relative(best.ProbabilityBest[1], two.ProbabilityTreatmentBeatsControl) < 1e-9
                && Relative(best.ExpectedLoss[0], two.ExpectedLossControl) < 1e-9 && Relative(best.ExpectedLoss[1], two.ExpectedLossTreatment) < 1e-9;
        }, iter: 50);

    [Fact]
    public void Two_means_are_compared_as_everywhere_else() =>
        Gen.Select(Gen.Double[-8, 8], Gen.Double[0.001, 2], Gen.Double[0.001, 2]).Sample((difference, v, w) =>
        {
            var two = Bayes.Means(new Estimate(difference, v + w, double.PositiveInfinity), 0.05).Value;
            var best = BestArm.OfMeans([new Estimate(1e6, v, 9), new Estimate(1e6 + difference, w, 9)]).Value;
            // The sum with a million has rounded the difference.
            return Relative(best.ProbabilityBest[1], two.ProbabilityTreatmentBeatsControl) < 1e-6 && Relative(best.ExpectedLoss[1], two.ExpectedLossTreatment) < 1e-6;
        });

    [Fact]
    public void The_order_of_the_arms_does_not_matter() =>
        Means.Sample(means =>
        {
            BestArm one = BestArm.OfMeans(means).Value, other = BestArm.OfMeans([.. means.Reverse()]).Value;
            return one.ProbabilityBest.Reverse().Zip(other.ProbabilityBest).All(pair => Near(pair.First, pair.Second)) && one.ProbabilitySecond.Reverse().Zip(other.ProbabilitySecond).All(pair => Near(pair.First, pair.Second));
        });

    [Fact]
    public void The_smallest_of_mirrored_arms_is_the_largest_of_the_arms() =>
        Gen.Select(Proportions, Means).Sample((proportions, means) =>
        {
            BestArm p = BestArm.OfProportions(proportions).Value, fallen = BestArm.OfProportions([.. proportions.Select(arm => (arm.Item2, arm.Item1))], smallestIsBest: true).Value;
            BestArm m = BestArm.OfMeans(means).Value, negative = BestArm.OfMeans([.. means.Select(arm => arm with { Value = -arm.Value })], smallestIsBest: true).Value;
            return p.ProbabilityBest.SequenceEqual(fallen.ProbabilityBest) && Near(p.ExpectedBest, 1 - fallen.ExpectedBest)
                && m.ExpectedLoss.SequenceEqual(negative.ExpectedLoss) && Near(m.ExpectedBest, -negative.ExpectedBest);
        }, iter: 30);

    [Fact]
    public void Equal_arms_share_alike()
    {
        foreach (var best in new[] { BestArm.OfProportions([.. Enumerable.Repeat((3.0, 40.0), 12)]).Value, BestArm.OfMeans([.. Enumerable.Repeat(new Estimate(5, 2, 9), 12)]).Value })
        {
            Assert.All(best.ProbabilityBest, share => Assert.Equal(1 / 12.0, share, 1e-13));
            Assert.All(best.ProbabilitySecond, share => Assert.Equal(1 / 12.0, share, 1e-13));
        }
    }

    [Fact]
    public void An_improbable_winner_keeps_its_digits()
    {
        // Φ(−20/√2) = ½ erfc(10), and Miller's sum over integer shapes, both in 40 digits.
        Assert.Equal(2.0884875837625447e-45 / 2, BestArm.OfMeans([new Estimate(0, 1, 9), new Estimate(20, 1, 9)]).Value.ProbabilityBest[0], 1e-57);
        Assert.Equal(6.3248483774164405e-74, BestArm.OfProportions([(300, 700), (700, 300)]).Value.ProbabilityBest[0], 1e-86);
    }

    [Fact]
    public void Narrow_arms_far_apart_are_seen_without_rounding()
    {
        var best = BestArm.OfMeans([new Estimate(0, 1e-18, 9), new Estimate(1e6, 1e-18, 9), new Estimate(1e6 + 0.5, 4, 9)]).Value;
        Assert.Equal(1, best.ProbabilityBest.Sum(), 1e-13);
        Assert.Equal(Distributions.Normal.Survival(0.25), best.ProbabilityBest[1], 1e-9);
        Assert.Equal(1e6 + 1.07268939644716, best.ExpectedBest, 1e-8);
    }

    [Fact]
    public void No_arm_and_no_variance_are_told()
    {
        Assert.Equal(Reason.NoUnits, BestArm.OfProportions([]).Reason);
        Assert.Equal(Reason.NoUnits, BestArm.OfMeans([]).Reason);
        Assert.Equal(Reason.NoVariance, BestArm.OfMeans([new Estimate(1, 0, 9), new Estimate(1, 1, 9)]).Reason);
    }

    [Fact]
    public void Shapes_that_are_not_positive_and_means_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("posteriors", () => BestArm.OfProportions([(1, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>("posteriors", () => BestArm.OfMeans([new Estimate(double.NaN, 1, 9)]));
    }

    private static double Relative(double got, double expected) => expected < 1e-290 ? Math.Abs(got - expected) : Math.Abs(got / expected - 1);

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-11 * (1 + Math.Abs(left));
}
