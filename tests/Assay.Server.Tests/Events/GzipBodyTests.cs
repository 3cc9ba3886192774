using System.IO.Compression;
using Assay.Server.Events;
using CsCheck;

namespace Assay.Server.Tests.Events;

public sealed class GzipBodyTests
{
    private static readonly Gen<CompressionLevel> Level = Gen.OneOf(Gen.Const(CompressionLevel.NoCompression), Gen.Const(CompressionLevel.Fastest), Gen.Const(CompressionLevel.SmallestSize));

    // Repetitive and random bytes, across the decoder's own buffers.
    private static readonly Gen<byte[]> Plain = Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Byte[0, 3].Array[0, 30_000], Gen.Byte.Array[8_000, 8_400]);

    [Fact]
    public void Whole_members_expand_to_what_was_compressed() =>
        // Of nothing at all the library makes no member.
        Gen.Select(Plain, Level).Array[1, 3].Where(members => members.Any(member => member.Item1.Length > 0)).Sample(members =>
        {
            var (expansion, bytes) = Expand([.. members.SelectMany(member => Gzip.Compress(member.Item1, member.Item2))]);
            Assert.Equal(Expansion.Whole, expansion);
            Assert.Equal(members.SelectMany(member => member.Item1), bytes);
        });

    /// <summary>As <c>gzip</c> writes it: a header, an empty block, a checksum and a length of 0.</summary>
    [Fact]
    public void A_member_may_be_empty_and_a_body_without_one_is_broken()
    {
        var empty = Convert.FromHexString("1f8b080000000000000303000000000000000000");
        Assert.Equal(Expansion.Whole, Expand(empty).Expansion);
        Assert.Empty(Expand([.. empty, .. empty]).Bytes);
        Assert.Equal(Expansion.Broken, Expand([]).Expansion);
    }

    [Fact]
    public void What_is_cut_short_anywhere_is_broken()
    {
        byte[] plain = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * i))];
        foreach (var level in (CompressionLevel[])[CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize])
        {
            var whole = Gzip.Compress(plain, level);
            for (var length = 0; length < whole.Length; length++) Assert.Equal(Expansion.Broken, Expand(whole[..length]).Expansion);
        }
    }

    [Fact]
    public void A_byte_that_follows_is_broken_and_a_bit_that_flipped_is_never_taken_for_content() =>
        Gen.Select(Plain.Where(plain => plain.Length > 0), Level, Gen.UInt, Gen.Byte.Array[1, 40]).Sample((plain, level, at, rest) =>
        {
            var whole = Gzip.Compress(plain, level);
            Assert.Equal(Expansion.Broken, Expand([.. whole, .. rest]).Expansion);

            // Behind the header, whose time and system may be anything.
            var bit = (int)(at % (uint)((whole.Length - 10) * 8));
            whole[10 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            var (expansion, bytes) = Expand(whole);

            // A few bits only fill a byte up.
            if (expansion != Expansion.Broken) Assert.Equal(plain, bytes);
        });

    [Fact]
    public void Nothing_expands_beyond_the_limit()
    {
        Assert.Equal(Expansion.Whole, Expand(Gzip.Compress(new byte[GzipBody.MostBytes])).Expansion);
        Assert.Equal(Expansion.TooLarge, Expand(Gzip.Compress(new byte[GzipBody.MostBytes + 1])).Expansion);
    }

    private static (Expansion Expansion, byte[] Bytes) Expand(byte[] packed)
    {
        var budget = new ExpansionBudget();
        using var share = budget.Open();
        using var body = new RentedBytes(16);
        using var expanded = new RentedBytes(16);
        Assert.True(share.TryTake(expanded.Capacity));
        body.Append(packed);
        var expansion = GzipBody.Expand(body, expanded, share);

        // What is held is what is rented.
        Assert.Equal(expanded.Capacity, budget.Taken);
        return (expansion, expanded.Written.ToArray());
    }
}
