using System.Text.Json;
using Assay.Assignment;

namespace Assay.Conformance.Tests;

/// <summary>Hash, ranges, choice and namespaces against the language-independent vectors, one test a vector.</summary>
public sealed class AssignmentVectors
{
    public static TheoryData<int> Hashes => Vectors.Of("hash");

    public static TheoryData<int> BucketRangeCases => Vectors.Of("getBucketRange");

    public static TheoryData<int> Choices => Vectors.Of("chooseVariation");

    public static TheoryData<int> EqualWeights => Vectors.Of("getEqualWeights");

    public static TheoryData<int> NamespaceCases => Vectors.Of("inNamespace");

    [Theory]
    [MemberData(nameof(Hashes))]
    public void A_hash_is_exact(int index)
    {
        var vector = Vectors.Get("hash", index);
        var actual = Hashing.Hash(vector[0].GetString(), vector[1].GetString(), vector[2].GetInt32());
        Assert.Equal(vector[3].ValueKind == JsonValueKind.Null ? null : vector[3].GetDouble(), actual);
    }

    [Theory]
    [MemberData(nameof(BucketRangeCases))]
    public void Ranges_agree_to_eight_decimals(int index)
    {
        var vector = Vectors.Get("getBucketRange", index);
        var (count, coverage, weights) = (vector[1][0].GetInt32(), vector[1][1].GetDouble(), vector[1][2]);
        var actual = BucketRanges.Of(count, coverage, weights.ValueKind == JsonValueKind.Null ? [] : Doubles(weights));
        Assert.Equal(Ranges(vector[2]).Select(Floor), actual.Select(Floor));
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_choice_is_exact(int index)
    {
        var vector = Vectors.Get("chooseVariation", index);
        Assert.Equal(vector[3].GetInt32(), BucketRanges.Choose(vector[1].GetDouble(), Ranges(vector[2])));
    }

    [Theory]
    [MemberData(nameof(EqualWeights))]
    public void Equal_weights_agree_to_eight_decimals(int index)
    {
        var vector = Vectors.Get("getEqualWeights", index);
        Assert.Equal(Doubles(vector[1]).Select(Floor), BucketRanges.WeighEqually(vector[0].GetInt32()).Select(Floor));
    }

    [Theory]
    [MemberData(nameof(NamespaceCases))]
    public void Membership_of_a_namespace_is_exact(int index)
    {
        var vector = Vectors.Get("inNamespace", index);
        var range = new BucketRange(vector[2][1].GetDouble(), vector[2][2].GetDouble());
        Assert.Equal(vector[3].GetBoolean(), Namespaces.Contains(vector[2][0].GetString()!, range, vector[1].GetString()!));
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetDouble())];

    private static BucketRange[] Ranges(JsonElement array) =>
        [.. array.EnumerateArray().Select(static range => new BucketRange(range[0].GetDouble(), range[1].GetDouble()))];

    private static BucketRange Floor(BucketRange range) => new(Floor(range.Start), Floor(range.End));

    private static double Floor(double value) => Math.Floor(value * 1e8);
}
