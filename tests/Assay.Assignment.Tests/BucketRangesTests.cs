using CsCheck;

namespace Assay.Assignment.Tests;

public sealed class BucketRangesTests
{
    private static readonly Gen<double[]> Weights = Gen.Double[0, 1].Array[1, 10].Where(static weights => weights.Sum() > 0.01)
        .Select(static weights => weights.Select(weight => weight / weights.Sum()).ToArray());

    [Fact]
    public void Ranges_never_overlap() =>
        Gen.Select(Weights, Gen.Double[0, 1]).Sample((weights, coverage) =>
        {
            var ranges = BucketRanges.Of(weights.Length, coverage, weights);
            return ranges.Zip(ranges.Skip(1)).All(static pair => pair.First.End <= pair.Second.Start);
        });

    [Fact]
    public void A_wider_coverage_keeps_everyone_in_the_range_they_are_in() =>
        Gen.Select(Weights, Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 0.9999]).Sample((weights, one, other, place) =>
        {
            var narrow = BucketRanges.Choose(place, BucketRanges.Of(weights.Length, Math.Min(one, other), weights).AsSpan());
            var wide = BucketRanges.Choose(place, BucketRanges.Of(weights.Length, Math.Max(one, other), weights).AsSpan());
            return narrow < 0 || narrow == wide;
        });

    [Theory]
    [InlineData(0.49, 0.49, 0.5)]
    [InlineData(0.49, 0.5, 0.49)]
    [InlineData(0.52, 0.5, 0.5)]
    public void Weights_that_do_not_sum_to_about_one_give_way_to_equal_ones(double first, double second, double boundary) =>
        Assert.Equal(boundary, BucketRanges.Of(2, 1, [first, second])[1].Start);

    [Fact]
    public void The_end_of_a_range_belongs_to_the_next()
    {
        var ranges = BucketRanges.Of(2);
        Assert.Equal(0, BucketRanges.Choose(0.4999, ranges.AsSpan()));
        Assert.Equal(1, BucketRanges.Choose(0.5, ranges.AsSpan()));
        Assert.Equal(-1, BucketRanges.Choose(1, ranges.AsSpan()));
    }

    [Fact]
    public void Disjoint_ranges_of_a_namespace_share_no_unit_and_lose_none() =>
        Gen.Select(Gen.String, Gen.String, Gen.Double[0, 1]).Sample((name, unit, cut) =>
            Namespaces.Contains(name, new BucketRange(0, cut), unit) != Namespaces.Contains(name, new BucketRange(cut, 1), unit));
}
