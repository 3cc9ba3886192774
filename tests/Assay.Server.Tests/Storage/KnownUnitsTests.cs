using Assay.Server.Storage.Commits;
using CsCheck;

namespace Assay.Server.Tests.Storage;

public sealed class KnownUnitsTests
{
    private static readonly Gen<(int User, int Length)[]> Changes = Gen.Select(Gen.Int[0, 30], Gen.OneOf(Gen.Int[0, 300], Gen.Int[300_000, 1_500_000])).Array[0, 60];

    [Fact]
    public void What_is_remembered_is_what_was_set_last() =>
        Changes.Sample(
            changes =>
            {
                var known = new KnownUnits(new UnitMemory { Room = long.MaxValue });
                var last = new Dictionary<int, byte[]>();
                foreach (var (user, length) in changes)
                {
                    last[user] = Rows(user, length);
                    known.Set((UInt128)user, new KnownUnit(user, last[user]));
                    foreach (var (other, rows) in last)
                    {
                        Assert.True(known.TryFind((UInt128)other, out var found));
                        Assert.Equal(other, found.Unit);
                        Assert.True(rows.AsSpan().SequenceEqual(found.Rows));
                    }
                }
            },
            iter: 40);

    [Fact]
    public void What_was_not_asked_for_while_the_room_was_filled_twice_is_forgotten_and_the_rest_is_not()
    {
        var known = new KnownUnits(new UnitMemory { Room = 100_000 });
        known.Set(1, new KnownUnit(1, [1]));
        known.Set(2, new KnownUnit(2, [2]));
        for (var i = 0; i < 1_000; i++)
        {
            known.Set((UInt128)(100 + i), new KnownUnit(i, new byte[200]));
            Assert.True(known.TryFind(2, out var found));
            Assert.Equal([2], found.Rows);
        }

        Assert.False(known.TryFind(1, out _));
        Assert.False(known.TryFind(100, out _));
        Assert.True(known.TryFind(1_099, out _));
    }

    [Fact]
    public void Rows_that_others_may_have_added_to_are_forgotten_and_numbers_are_not()
    {
        var known = new KnownUnits(new UnitMemory());
        known.Set(1, new KnownUnit(11, [1], []));
        known.ForgetRows();
        Assert.True(known.TryFind(1, out var found));
        Assert.Equal(new KnownUnit(11, null), found);
        known.Set(1, new KnownUnit(11, [2]));
        Assert.True(known.TryFind(1, out found));
        Assert.Equal([2], found.Rows);
        known.Clear();
        Assert.False(known.TryFind(1, out _));
    }

    private static byte[] Rows(int user, int length)
    {
        var rows = new byte[length];
        new Random(user + length).NextBytes(rows);
        return rows;
    }
}
