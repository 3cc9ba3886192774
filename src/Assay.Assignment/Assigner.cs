using System.Collections.Immutable;

namespace Assay.Assignment;

/// <summary>Gives a unit its variation: pure, without state, the same at every call and on every machine.</summary>
public static class Assigner
{
    private const int StackRanges = 32;

    /// <summary>Assigns a unit.</summary>
    /// <param name="plan">The experiment's plan.</param>
    /// <param name="userId">The unit, exact and case-sensitive.</param>
    /// <remarks>
    /// 1. Holdout if hash(HoldoutSeed, unit) &lt; HoldoutFraction. 2. Otherwise n = hash(Seed, unit) chooses among the ranges of
    /// <see cref="BucketRanges.Of"/>(weights, allocation). 3. In no range: outside the allocation. A variation of weight zero has an empty range.
    /// A GrowthBook SDK does the same with <c>coverage</c>, <c>weights</c>, <c>hashVersion</c> 2 and one filter
    /// of seed HoldoutSeed and range [HoldoutFraction, 1).
    /// </remarks>
    /// <exception cref="ArgumentException">The unit is empty or blank.</exception>
    public static Assignment Assign(AssignmentPlan plan, string userId)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrWhiteSpace(userId);
        if (plan.HoldoutFraction > 0 && Hashing.HashV2(plan.HoldoutSeed, userId) < plan.HoldoutFraction)
            return new Assignment(Assignment.Holdout, AssignmentReason.Holdout, Bucket: null);

        Span<BucketRange> ranges = plan.Weights.Length <= StackRanges ? stackalloc BucketRange[plan.Weights.Length] : new BucketRange[plan.Weights.Length];
        BucketRanges.Fill(ranges, plan.TrafficAllocation, plan.Weights.AsSpan());
        var place = Hashing.HashV2(plan.Seed, userId);
        return BucketRanges.Choose(place, ranges) is >= 0 and var index
            ? new Assignment(index, AssignmentReason.Assigned, place)
            : new Assignment(VariationIndex: null, AssignmentReason.OutsideAllocation, place);
    }

    /// <summary>The shares that the variations really get among the units that take part: the split to compare counts with.</summary>
    /// <returns>One share for each variation, summing to 1; all zero when the allocation is too small to reach a single place.</returns>
    /// <remarks>
    /// The hash has <see cref="Hashing.Resolution"/> places, so at a small allocation the shares are not quite the weights: three equal variations at 1 % get
    /// 34, 33 and 33 places. A sample-ratio test against the weights would call that a mismatch; against these shares it does not.
    /// </remarks>
    public static ImmutableArray<double> MeasureShares(AssignmentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var ranges = BucketRanges.Of(plan.Weights.Length, plan.TrafficAllocation, plan.Weights.AsSpan());
        var places = new int[ranges.Length];
        for (var place = 0; place < Hashing.Resolution; place++)
        {
            var index = BucketRanges.Choose(place / (double)Hashing.Resolution, ranges.AsSpan());
            if (index >= 0) places[index]++;
        }

        var total = places.Sum();
        return [.. places.Select(count => total == 0 ? 0 : (double)count / total)];
    }
}
