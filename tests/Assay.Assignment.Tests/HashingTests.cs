using CsCheck;

namespace Assay.Assignment.Tests;

public sealed class HashingTests
{
    [Theory]
    [InlineData("", 0x811C9DC5)]
    [InlineData("a", 0xE40C292C)]
    [InlineData("foobar", 0xBF9CF968)]
    public void Fnv1a_gives_the_published_values(string text, uint expected) => Assert.Equal(expected, Hashing.Fnv1a(text));

    [Theory]
    [InlineData("usér", 0.5147)]
    [InlineData("👩", 0.7423)]
    public void Text_outside_ascii_is_read_as_utf16_code_units(string value, double expected) => Assert.Equal(expected, Hashing.HashV2("seed", value));

    [Fact]
    public void Version_1_puts_the_value_before_the_seed_and_version_2_after_it()
    {
        Assert.Equal(Hashing.Fnv1a("unitseed") % 1_000 / 1_000d, Hashing.HashV1("seed", "unit"));
        Assert.Equal(Hashing.Fnv1a($"{Hashing.Fnv1a("seedunit")}") % 10_000 / 10_000d, Hashing.HashV2("seed", "unit"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(99)]
    public void An_unknown_version_has_no_hash(int version) => Assert.Null(Hashing.Hash("seed", "unit", version));

    [Fact]
    public void A_hash_lies_in_the_half_open_unit_interval() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[1, 2]).Sample((seed, value, version) => Hashing.Hash(seed, value, version) is >= 0 and < 1);
}
