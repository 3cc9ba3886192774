using System.Collections.Immutable;
using CsCheck;

namespace Assay.Statistics.Tests;

/// <summary>A look that is skipped because it lies on another changes nothing: the library's own boundaries pass its own doors.</summary>
public sealed class NearLooksTests
{
    private static readonly Boundaries Near = GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.5, 0.5 + 1e-9, 1], 0.05);
    private static readonly Boundaries Plain = GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.5, 1], 0.05);

    [Fact]
    public void A_skipped_look_has_no_bound() => Assert.Equal([Plain.Z[0], double.PositiveInfinity, Plain.Z[1]], Near.Z);

    [Fact]
    public void Inference_at_the_end_is_that_without_the_look()
    {
        FinalInference near = FinalInference.At(Near, 3, 2.5, 0.05), plain = FinalInference.At(Plain, 2, 2.5, 0.05);
        Assert.Equal(plain, near);
        Assert.Equal(FinalInference.At(Plain, 1, 3.1, 0.05), FinalInference.At(Near, 1, 3.1, 0.05));
    }

    [Fact]
    public void Nobody_stops_at_a_look_that_is_skipped()
    {
        Assert.Equal("stopLook", Assert.Throws<ArgumentOutOfRangeException>(() => FinalInference.At(Near, 2, 2.5, 0.05)).ParamName);
        // A look apart from the others may be the end although it spends nothing.
        var late = GroupSequential.Spending(SpendingFunction.OBrienFleming, [1, 1.5], 0.05);
        Assert.Equal(double.PositiveInfinity, late.Z[1]);
        Assert.InRange(FinalInference.At(late, 2, 2.5, 0.05).PValue, 0.05, 0.06);
    }

    [Fact]
    public void Sizes_and_costs_are_those_without_the_look()
    {
        Assert.Equal(SequentialDesign.Of(Plain, 0.05, 0.8), SequentialDesign.Of(Near, 0.05, 0.8));
        Assert.Equal(RelativeEfficiency.Of(Plain, 0.05, 0.8), RelativeEfficiency.Of(Near, 0.05, 0.8));
        var last = GroupSequential.Spending(SpendingFunction.OBrienFleming, [0.5, 1, 1 + 1e-9], 0.05);
        Assert.Equal(double.PositiveInfinity, RelativeEfficiency.Of(last, 0.05, 0.8).FinalWidth);
    }

    [Fact]
    public void Looks_with_bounds_still_lie_apart()
    {
        var bounds = new Boundaries([0.5, 0.5 + 1e-9, 1], [3, 3, 2], 2, [], null);
        Assert.Equal("bounds", Assert.Throws<ArgumentOutOfRangeException>(() => SequentialDesign.Of(bounds, 0.05, 0.8)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>("fractions", () => Crossing.Of([0.5, 0.5 + 1e-9], [-3, -3], [3, 3], 0));
    }

    /// <summary>Any looks, some on top of each other, some after the end of the plan.</summary>
    [Fact]
    public void Every_spending_boundary_can_be_used()
    {
        var gap = Gen.OneOf(Gen.Double[-12, -0.5].Select(log => Math.Pow(10, log)), Gen.Double[0.1, 0.6]);
        Gen.Select(gap.Array[1, 5], Gen.OneOf(SpendingFunction.OBrienFleming, SpendingFunction.Pocock, SpendingFunction.KimDeMets(3)), Gen.Int[1, 2]).Sample(
            (gaps, spending, sides) =>
            {
                double at = 0;
                ImmutableArray<double> fractions = [.. gaps.Select(step => at += step).Distinct(), 3];
                var bounds = GroupSequential.Spending(spending, fractions, 0.05, sides);
                var crossing = GroupSequential.Under(bounds, 0);
                Assert.Equal(0.05, crossing.TotalUpper + crossing.TotalLower, 1e-9);
                Assert.Equal(bounds.Z.Select(double.IsFinite), crossing.Upper.Select(p => p > 0));
                Assert.InRange(FinalInference.At(bounds, fractions.Length, 2.5, 0.05).PValue, 0, 1);
                Assert.True(SequentialDesign.Of(bounds, 0.05, 0.8).Inflation > 0);
            },
            iter: 20,
            seed: "0000KXjN6zd5");
    }
}
