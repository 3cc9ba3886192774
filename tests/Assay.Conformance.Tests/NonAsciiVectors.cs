using Assay.Assignment;

namespace Assay.Conformance.Tests;

/// <summary>Our own vectors: the published ones are pure ASCII, so that SDKs which hash UTF-8 bytes pass them and still disagree with the others.</summary>
public sealed class NonAsciiVectors
{
    [Theory]
    [InlineData("seed", "usér", 2, 0.5147)]
    [InlineData("seed", "👩", 2, 0.7423)]
    public void A_hash_reads_utf16_code_units(string seed, string value, int version, double expected) =>
        Assert.Equal(expected, Hashing.Hash(seed, value, version));
}
