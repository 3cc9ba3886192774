namespace Assay.Assignment.Tests;

/// <summary>χ² of fixed ids: nothing here is random, so a bound that holds once holds always.</summary>
public sealed class UniformityTests
{
    private const int Units = 100_000;

    // Upper 1e-6 points of χ² with 1, 2 and 99 degrees of freedom.
    private const double Critical1 = 23.928;
    private const double Critical2 = 27.631;
    private const double Critical99 = 180.792;

    public static TheoryData<string> Shapes => ["{0}", "user-{0}", "user{0:D9}@example.org"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Units_spread_evenly_over_a_hundred_cells(string shape)
    {
        var cells = new int[100];
        foreach (var unit in Ids(shape)) cells[(int)(Hashing.HashV2("uniformity", unit) * 100)]++;
        Assert.InRange(ChiSquare(cells, [.. Enumerable.Repeat(0.01, 100)]), 0, Critical99);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Variations_get_their_weights(string shape)
    {
        var plan = new AssignmentPlan("weights", [20, 30, 50], TrafficAllocation: 0.7);
        var assigned = Ids(shape).Select(unit => Assigner.Assign(plan, unit).VariationIndex).OfType<int>().ToList();
        var counts = Enumerable.Range(0, 3).Select(i => assigned.Count(index => index == i)).ToArray();
        Assert.InRange(ChiSquare(counts, [.. plan.Weights]), 0, Critical2);
        Assert.InRange(ChiSquare([assigned.Count, Units - assigned.Count], [0.7, 0.3]), 0, Critical1);
    }

    [Theory]
    [InlineData("exp-1", "exp-2")]
    [InlineData("checkout_button", "checkout_banner")]
    [InlineData("price-test", "price-test:holdout")]
    public void Two_experiments_are_independent(string one, string other) =>
        Assert.InRange(Association(unit => Hashing.HashV2(one, unit) < 0.5, unit => Hashing.HashV2(other, unit) < 0.5), 0, Critical1);

    [Fact]
    public void The_test_of_independence_has_teeth_since_it_rejects_hash_version_1() =>
        Assert.True(Association(unit => Hashing.HashV1("exp-1", unit) < 0.5, unit => Hashing.HashV1("exp-2", unit) < 0.5) > Critical1);

    [Fact]
    public void The_holdout_has_its_share_and_leaves_the_split_alone()
    {
        var plan = new AssignmentPlan("with-holdout", [50, 50], HoldoutFraction: 0.1);
        var counts = Ids("user-{0}").CountBy(unit => Assigner.Assign(plan, unit).VariationIndex!.Value).ToDictionary();
        Assert.InRange(ChiSquare([counts[-1], Units - counts[-1]], [0.1, 0.9]), 0, Critical1);
        Assert.InRange(ChiSquare([counts[0], counts[1]], [0.5, 0.5]), 0, Critical1);
    }

    private static IEnumerable<string> Ids(string shape) =>
        Enumerable.Range(0, Units).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, i));

    private static double ChiSquare(int[] observed, double[] shares)
    {
        double total = observed.Sum();
        return observed.Zip(shares, (count, share) => (count - (total * share)) * (count - (total * share)) / (total * share)).Sum();
    }

    /// <summary>χ² of a 2 × 2 table: n (ad − bc)² ÷ product of the four margins.</summary>
    private static double Association(Func<string, bool> one, Func<string, bool> other)
    {
        double a = 0, b = 0, c = 0, d = 0;
        foreach (var unit in Ids("{0}"))
        {
            _ = (one(unit), other(unit)) switch
            {
                (true, true) => a++,
                (true, false) => b++,
                (false, true) => c++,
                _ => d++,
            };
        }

        return (a + b + c + d) * Math.Pow((a * d) - (b * c), 2) / ((a + b) * (c + d) * (a + c) * (b + d));
    }
}
