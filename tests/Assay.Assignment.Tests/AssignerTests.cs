using CsCheck;

namespace Assay.Assignment.Tests;

public sealed class AssignerTests
{
    private static readonly Gen<AssignmentPlan> Plans =
        from key in Gen.String[Gen.Char.AlphaNumeric, 1, 20]
        from weights in Gen.Double[0.001, 1].Array[1, 40]
        from allocation in Gen.Double[0.001, 1]
        from holdout in Gen.Double[0, 0.5]
        select new AssignmentPlan(key, [.. weights], allocation, holdout);

    private static readonly Gen<string> Units = Gen.String[Gen.Char.AlphaNumeric, 1, 30];

    // Places computed by an independent program from the published description of the hash.
    [Theory]
    [InlineData("user-1", 0, 0.2855)]
    [InlineData("user-4", 1, 0.9936)]
    [InlineData("user-5", 1, 0.5298)]
    [InlineData("user-6", 0, 0.3562)]
    public void Assignments_never_change_from_one_version_of_assay_to_the_next(string unit, int variation, double place) =>
        Assert.Equal(new Assignment(variation, AssignmentReason.Assigned, place), Assigner.Assign(new("checkout-redesign", [50, 50]), unit));

    [Theory]
    [InlineData("user-1", 0, AssignmentReason.Assigned, 0.0246)]
    [InlineData("user-3", null, AssignmentReason.OutsideAllocation, 0.187)]
    [InlineData("user-6", 1, AssignmentReason.Assigned, 0.3359)]
    [InlineData("user-5", 2, AssignmentReason.Assigned, 0.5517)]
    [InlineData("user-2", null, AssignmentReason.OutsideAllocation, 0.9365)]
    public void A_partial_allocation_takes_the_front_of_each_range(string unit, int? variation, AssignmentReason reason, double place) =>
        Assert.Equal(new Assignment(variation, reason, place), Assigner.Assign(new("price-test", [0.2, 0.3, 0.5], 0.6, 0.05), unit));

    [Theory]
    [InlineData("user-5", -1)]
    [InlineData("user-4", 1)]
    public void The_holdout_is_the_front_of_its_own_hash(string unit, int variation) =>
        Assert.Equal(variation, Assigner.Assign(new("checkout-redesign", [50, 50], 1, 0.1), unit).VariationIndex);

    [Fact]
    public void The_holdout_is_decided_before_the_allocation()
    {
        var plan = new AssignmentPlan("checkout-redesign", [50, 50], TrafficAllocation: 0.0001, HoldoutFraction: 0.1);
        Assert.Equal(new Assignment(-1, AssignmentReason.Holdout, null), Assigner.Assign(plan, "user-5"));
        Assert.Equal(AssignmentReason.OutsideAllocation, Assigner.Assign(plan, "user-4").Reason);
    }

    [Fact]
    public void A_ramp_moves_no_one_who_is_in() =>
        Gen.Select(Plans, Units, Gen.Double[0.001, 1]).Sample((plan, unit, other) =>
        {
            var before = Assigner.Assign(plan with { TrafficAllocation = Math.Min(plan.TrafficAllocation, other) }, unit);
            var after = Assigner.Assign(plan with { TrafficAllocation = Math.Max(plan.TrafficAllocation, other) }, unit);
            return before.Reason == AssignmentReason.OutsideAllocation || before == after;
        });

    [Fact]
    public void A_growing_holdout_only_takes_units_and_moves_none_between_variations() =>
        Gen.Select(Plans, Units, Gen.Double[0, 0.9]).Sample((plan, unit, other) =>
        {
            var before = Assigner.Assign(plan with { HoldoutFraction = Math.Min(plan.HoldoutFraction, other) }, unit);
            var after = Assigner.Assign(plan with { HoldoutFraction = Math.Max(plan.HoldoutFraction, other) }, unit);
            return after.Reason == AssignmentReason.Holdout || before == after;
        });

    [Fact]
    public void Whoever_is_not_held_out_gets_what_growthbook_gives() =>
        Gen.Select(Plans, Units).Sample((plan, unit) =>
        {
            var place = Hashing.Hash(plan.Seed, unit, plan.HashVersion)!.Value;
            var index = BucketRanges.Choose(place, BucketRanges.Of(plan.Weights.Length, plan.TrafficAllocation, plan.Weights.AsSpan()).AsSpan());
            return (Assigner.Assign(plan with { HoldoutFraction = 0 }, unit).VariationIndex ?? -1) == index;
        });

    [Fact]
    public void A_variation_of_weight_zero_is_never_assigned()
    {
        var plan = new AssignmentPlan("dark-arm", [0, 1, 0, 1, 0]);
        var seen = Enumerable.Range(0, 20_000).Select(i => Assigner.Assign(plan, $"user-{i}").VariationIndex).Distinct().Order();
        Assert.Equal([1, 3], seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_unit_without_a_name_is_refused(string unit) => Assert.Throws<ArgumentException>("userId", () => Assigner.Assign(new("key", [1, 1]), unit));

    [Theory]
    [InlineData(AssignmentReason.Assigned, "assigned")]
    [InlineData(AssignmentReason.Holdout, "holdout")]
    [InlineData(AssignmentReason.OutsideAllocation, "outside_allocation")]
    public void Reasons_have_names_on_the_wire(AssignmentReason reason, string name) => Assert.Equal(name, reason.ToWire());

    [Fact]
    public void Shares_at_a_small_allocation_count_the_places_that_the_hash_has() =>
        Assert.Equal([0.34, 0.33, 0.33], Assigner.MeasureShares(new("small", [1, 1, 1], TrafficAllocation: 0.01)));

    [Fact]
    public void Shares_sum_to_one_and_follow_the_weights() =>
        Plans.Sample(plan =>
        {
            var shares = Assigner.MeasureShares(plan with { TrafficAllocation = 1 });
            return Math.Abs(shares.Sum() - 1) < 1e-12 && shares.Zip(plan.Weights).All(static pair => Math.Abs(pair.First - pair.Second) <= 1.001e-4);
        }, iter: 50);
}
