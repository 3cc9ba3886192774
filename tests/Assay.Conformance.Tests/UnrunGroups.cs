namespace Assay.Conformance.Tests;

/// <summary>Groups of vectors whose subject Assay does not have: each is seen as one skipped test, with its count, until it is run.</summary>
public sealed class UnrunGroups
{
    private static readonly string[] Run = ["hash", "getBucketRange", "chooseVariation", "getEqualWeights", "inNamespace"];

    public static TheoryData<string> Others => [.. Vectors.Groups.Except(Run, StringComparer.Ordinal).DefaultIfEmpty("every group")];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_group_that_is_not_run_is_seen_as_skipped(string group) =>
        Assert.Skip(Vectors.Absence ?? $"{Vectors.Count(group)} vectors of {group} are not run: Assay does not evaluate them.");

    [Theory]
    [InlineData("hash", 15)]
    [InlineData("getBucketRange", 13)]
    [InlineData("chooseVariation", 13)]
    [InlineData("getEqualWeights", 6)]
    [InlineData("inNamespace", 16)]
    public void A_group_that_is_run_has_all_its_vectors(string group, int count)
    {
        Assert.SkipWhen(Vectors.Absence is not null, Vectors.Absence ?? "");
        Assert.Equal(count, Vectors.Count(group));
    }
}
