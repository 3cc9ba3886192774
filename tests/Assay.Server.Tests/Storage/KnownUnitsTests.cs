using Assay.Server.Storage.Commits;
using CsCheck;

namespace Assay.Server.Tests.Storage;

public sealed class KnownUnitsTests
{
    /// <summary>Whatever is remembered is what was set last; as much is remembered as there is room for.</summary>
    [Fact]
    public void A_unit_is_as_it_was_set_last_or_not_known() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 60], Gen.Int[0, 30]).Array[1, 4_000].Sample(
            steps =>
            {
                var known = new KnownUnits(new UnitMemory { Room = 16 * 1024 });
                var model = new Dictionary<int, KnownUnit>();
                foreach (var (user, length, luck) in steps)
                {
                    if (luck == 0 && user == 0)
                    {
                        known.Clear();
                        model.Clear();
                    }

                    var unit = new KnownUnit(user * 7L, luck == 1 ? null : [.. Enumerable.Range(0, length).Select(i => (byte)(user + luck + i))], luck is 1 or > 4 ? null : new byte[luck * 3]);
                    known.Set((UInt128)user, unit);
                    model[user] = unit;
                    AssertKnown(known, user, unit);
                }

                var found = 0;
                foreach (var (user, unit) in model)
                {
                    if (!known.TryFind((UInt128)user, out _)) continue;
                    AssertKnown(known, user, unit);
                    found++;
                }

                Assert.True(found >= Math.Min(model.Count, 80), $"{found} of {model.Count}");
            },
            iter: 60);

    [Fact]
    public void What_has_room_is_never_forgotten()
    {
        var known = new KnownUnits(new UnitMemory { Room = 64 * 1024 });
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++) known.Set((UInt128)random.Next(400), new KnownUnit(i, new byte[30]));
        Assert.All(Enumerable.Range(0, 400), user => Assert.True(known.TryFind((UInt128)user, out _)));
    }

    [Fact]
    public void Who_came_last_is_remembered_when_there_is_no_room_for_all()
    {
        var known = new KnownUnits(new UnitMemory { Room = 64 * 1024 });
        for (var user = 0; user < 10_000; user++) known.Set((UInt128)user, new KnownUnit(user, new byte[30]));
        Assert.All(Enumerable.Range(9_700, 300), user => Assert.True(known.TryFind((UInt128)user, out _)));
        Assert.All(Enumerable.Range(0, 8_000), user => Assert.False(known.TryFind((UInt128)user, out _)));
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

    private static void AssertKnown(KnownUnits known, int user, KnownUnit unit)
    {
        Assert.True(known.TryFind((UInt128)user, out var found));
        Assert.Equal(unit.Unit, found.Unit);
        Assert.Equal(unit.Rows, found.Rows);
        Assert.Equal(unit.Tallies, found.Tallies);
    }
}
