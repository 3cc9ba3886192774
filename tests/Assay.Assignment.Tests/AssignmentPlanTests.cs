using System.Collections.Immutable;
using CsCheck;

namespace Assay.Assignment.Tests;

public sealed class AssignmentPlanTests
{
    [Fact]
    public void Weights_on_any_scale_become_shares() =>
        Gen.Select(Gen.Double[0.001, 1].Array[1, 10], Gen.Double[0.01, 1_000]).Sample((weights, scale) =>
        {
            var one = new AssignmentPlan("key", [.. weights]).Weights;
            var scaled = new AssignmentPlan("key", [.. weights.Select(weight => weight * scale)]).Weights;
            return Math.Abs(one.Sum() - 1) < 1e-9 && one.Zip(scaled).All(static pair => Math.Abs(pair.First - pair.Second) < 1e-8);
        });

    [Fact]
    public void Shares_are_kept_bit_for_bit() =>
        Gen.Double[0.001, 1].Array[1, 10].Sample(weights =>
        {
            var shares = new AssignmentPlan("key", [.. weights]).Weights;
            return shares.SequenceEqual(new AssignmentPlan("key", shares).Weights);
        });

    [Fact]
    public void The_seed_is_the_key_and_the_holdout_has_its_own()
    {
        var plan = new AssignmentPlan("price-test", [1, 1]);
        Assert.Equal(("price-test", "price-test:holdout", 2), (plan.Seed, plan.HoldoutSeed, plan.HashVersion));
    }

    [Fact]
    public void Plans_of_equal_content_are_equal()
    {
        var plan = new AssignmentPlan("key", [50, 50], 0.5, 0.1);
        Assert.Equal(plan, new AssignmentPlan("key", [1, 1], 0.5, 0.1));
        Assert.Equal(plan.GetHashCode(), new AssignmentPlan("key", [1, 1], 0.5, 0.1).GetHashCode());
        Assert.NotEqual(plan, plan with { Key = "other" });
        Assert.NotEqual(plan, plan with { Weights = [1, 2] });
        Assert.NotEqual(plan, plan with { TrafficAllocation = 1 });
        Assert.NotEqual(plan, plan with { HoldoutFraction = 0 });
    }

    [Theory]
    [InlineData]
    [InlineData(0d, 0d)]
    [InlineData(-1d, 2d)]
    [InlineData(double.NaN, 1d)]
    [InlineData(double.PositiveInfinity, 1d)]
    [InlineData(double.MaxValue, double.MaxValue)]
    public void Weights_that_cannot_be_shares_are_refused(params double[] weights) =>
        Assert.Throws<ArgumentException>(nameof(weights), () => new AssignmentPlan("key", [.. weights]));

    [Fact]
    public void Weights_that_were_never_set_are_refused() =>
        Assert.Throws<ArgumentException>("weights", () => new AssignmentPlan("key", default(ImmutableArray<double>)));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void An_allocation_outside_its_range_is_refused_at_birth_and_at_change(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssignmentPlan("key", [1], share));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssignmentPlan("key", [1]) with { TrafficAllocation = share });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_holdout_outside_its_range_is_refused_at_birth_and_at_change(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssignmentPlan("key", [1], 1, share));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssignmentPlan("key", [1]) with { HoldoutFraction = share });
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_blank_key_is_refused(string key) => Assert.Throws<ArgumentException>(nameof(key), () => new AssignmentPlan(key, [1]));
}
