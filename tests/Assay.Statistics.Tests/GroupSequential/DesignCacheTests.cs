using System.Collections.Immutable;

namespace Assay.Statistics.Tests;

public sealed class DesignCacheTests
{
    private static readonly DesignCache.Design Design = new(SpendingFunction.KimDeMets(3), default, [0.5, 1], 0.05, 2, SpendsAll: false);

    [Fact]
    public void A_design_is_computed_once()
    {
        var cache = new DesignCache(4);
        var first = cache.Of(Design, GroupSequential.Spent);
        // The same numbers in another array and another record.
        var again = cache.Of(Design with { Spending = SpendingFunction.KimDeMets(3), Fractions = [0.5, 1] }, _ => throw new InvalidOperationException("It is remembered."));
        Assert.Same(first, again);
    }

    [Fact]
    public void A_design_that_differs_in_anything_is_another()
    {
        DesignCache.Design[] others =
        [
            Design with { Spending = SpendingFunction.KimDeMets(2) },
            Design with { Spending = SpendingFunction.Pocock },
            Design with { Spending = null, Shape = [1, 1] },
            Design with { Spending = null, Shape = [1, 1.5] },
            Design with { Fractions = [0.4, 1] },
            Design with { Fractions = [0.5, 0.7, 1] },
            Design with { Alpha = 0.04 },
            Design with { Sides = 1 },
            Design with { SpendsAll = true },
        ];
        var cache = new DesignCache(others.Length + 1);
        DesignCache.Design[] all = [Design, .. others];
        Boundaries[] made = [.. all.Select((_, i) => new Boundaries([], [], 2, [], i))];
        foreach (var (i, design) in all.Index()) Assert.Same(made[i], cache.Of(design, _ => made[i]));
        foreach (var (i, design) in all.Index()) Assert.Same(made[i], cache.Of(design, _ => throw new InvalidOperationException("It is remembered.")));
    }

    [Fact]
    public void The_oldest_makes_room()
    {
        var cache = new DesignCache(3);
        var computed = 0;
        foreach (var alpha in (double[])[0.01, 0.02, 0.03, 0.04, 0.02, 0.01])
        {
            cache.Of(Design with { Alpha = alpha }, design =>
            {
                computed++;
                return GroupSequential.Spent(design);
            });
        }

        // 0.04 drove 0.01 out, which drove 0.02 out in its turn.
        Assert.Equal(5, computed);
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Many_looks_are_not_kept()
    {
        var cache = new DesignCache(3);
        var many = Design with { Fractions = [.. Enumerable.Range(1, DesignCache.MostLooks + 1).Select(look => look / (DesignCache.MostLooks + 1.0))] };
        cache.Of(many, _ => new Boundaries([], [], 2, [], 1));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Threads_that_ask_at_once_agree_and_leave_no_more_than_there_is_room_for()
    {
        var cache = new DesignCache(8);
        var expected = Enumerable.Range(1, 24).ToDictionary(level => level, level => GroupSequential.Spent(Design with { Alpha = level / 1000.0 }).Z[0]);
        var right = 0;
        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var level = 1 + (i * 7 % 24);
            if (cache.Of(Design with { Alpha = level / 1000.0 }, GroupSequential.Spent).Z[0].Equals(expected[level])) Interlocked.Increment(ref right);
        });
        Assert.Equal(2_000, right);
        Assert.Equal(8, cache.Count);
    }

    [Fact]
    public void What_the_library_remembers_is_what_it_computes()
    {
        ImmutableArray<double> fractions = [0.31, 0.62, 1];
        var computed = GroupSequential.Spending(SpendingFunction.Pocock, fractions, 0.0471);
        var remembered = GroupSequential.Spending(SpendingFunction.Pocock, [.. fractions], 0.0471);
        Assert.Same(computed, remembered);
        Assert.Equal(GroupSequential.Spent(new DesignCache.Design(SpendingFunction.Pocock, default, fractions, 0.0471, 2, SpendsAll: false)).Z, remembered.Z);
    }
}
