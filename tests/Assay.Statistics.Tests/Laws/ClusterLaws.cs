using System.Collections.Immutable;
using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class ClusterLaws
{
    private static readonly Gen<Unit[]> Sample = Gen.Select(Gen.Double[-5, 5], Gen.Int[0, 1], Gen.Int[0, 7]).Select(unit => new Unit(unit.Item1, unit.Item2, unit.Item3)).Array[12, 60]
        .Where(units => units.Select(unit => unit.Treatment).Distinct().Count() == 2 && units.Select(unit => unit.Cluster).Distinct().Count() > 3);

    [Fact]
    public void With_one_unit_a_cluster_the_variances_are_those_of_heteroscedastic_units() =>
        Sample.Sample(units =>
        {
            var effect = ClusteredEffect.Of<int>(Y(units), Z(units), [.. Enumerable.Range(0, units.Length)]).Value;
            double n = units.Length, mean = Z(units).Average(), outcome = Y(units).Average(), spread = Z(units).Sum(z => (z - mean) * (z - mean));
            double hc0 = 0, hc2 = 0;
            foreach (var unit in units)
            {
                var z = unit.Treatment - mean;
                var term = Math.Pow(z * (unit.Outcome - outcome - (effect.LiangZeger.Value * z)) / spread, 2);
                hc0 += term;
                hc2 += term / (1 - (1 / n) - (z * z / spread));
            }

            var isAlone = units.Count(unit => unit.Treatment == 0) == 1 || units.Count(unit => unit.Treatment == 1) == 1;
            return Near(effect.LiangZeger.Variance, hc0) && (isAlone ? !effect.BiasReduced.IsDetermined : Near(effect.BiasReduced.Value.Variance, hc2));
        });

    [Fact]
    public void Without_lags_a_series_has_the_variance_of_heteroscedastic_units() =>
        Sample.Sample(units =>
            Near(NeweyWest.Effect(Y(units), Z(units), 0).Value.Variance, ClusteredEffect.Of<int>(Y(units), Z(units), [.. Enumerable.Range(0, units.Length)]).Value.LiangZeger.Variance));

    [Fact]
    public void Neither_order_nor_offset_nor_unit_of_the_outcomes_matters() =>
        Gen.Select(Sample, Gen.Double[-1e6, 1e6], Gen.Double[0.01, 100]).Sample((units, offset, scale) =>
        {
            var plain = ClusteredEffect.Of<int>(Y(units), Z(units), C(units)).Value;
            Unit[] moved = [.. units.Reverse().Select(unit => unit with { Outcome = (unit.Outcome * scale) + offset })];
            var other = ClusteredEffect.Of<int>(Y(moved), Z(moved), C(moved)).Value;
            return Near(plain.LiangZeger.StandardError * scale, other.LiangZeger.StandardError, 1e-7)
                && Near(plain.Corrected.Value.StandardError * scale, other.Corrected.Value.StandardError, 1e-7)
                && plain.BiasReduced.IsDetermined == other.BiasReduced.IsDetermined
                && (!plain.BiasReduced.TryGet(out var reduced) || (Near(reduced.StandardError * scale, other.BiasReduced.Value.StandardError, 1e-7) && Near(reduced.DegreesOfFreedom, other.BiasReduced.Value.DegreesOfFreedom)));
        });

    [Fact]
    public void With_equal_clusters_the_bias_reduced_test_is_that_of_cluster_means() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 5]).SelectMany((half, size) => Gen.Double[-3, 3].Array[2 * half * size].Select(y => (y, half, size))).Sample(given =>
        {
            int[] clusters = [.. Enumerable.Range(0, given.y.Length).Select(i => i / given.size)];
            double[] treatments = [.. clusters.Select(cluster => (double)(cluster % 2))];
            var reduced = ClusteredEffect.Of<int>(given.y, treatments, clusters).Value.BiasReduced.Value;
            var means = ClusterMeans.Difference<int>(given.y, treatments, clusters).Value;
            return Near(reduced.Value, means.Value) && Near(reduced.Variance, means.Variance) && Near(reduced.DegreesOfFreedom, (2 * given.half) - 2);
        });

    [Fact]
    public void Clusters_that_hold_both_treatments_have_no_cluster_means() =>
        Assert.Equal(Reason.NoSolution, ClusterMeans.Difference<int>([1, 2, 3, 4], [0, 1, 0, 1], [0, 0, 1, 1]).Reason);

    [Fact]
    public void One_cluster_an_arm_has_a_difference_but_no_variance()
    {
        var means = ClusterMeans.Difference<int>([1, 2, 3, 5], [0, 0, 1, 1], [0, 0, 1, 1]).Value;
        Assert.Equal(2.5, means.Value);
        Assert.Equal(Reason.TooFewUnits, FixedHorizon.Infer(means, 0.05).Reason);
    }

    [Fact]
    public void A_cluster_that_carries_an_arm_alone_leaves_no_bias_reduced_variance()
    {
        var effect = ClusteredEffect.Of<string>([1, 2, 3, 5, 4], [1, 1, 0, 0, 0], ["a", "a", "b", "b", "c"]).Value;
        Assert.True(effect.Corrected.IsDetermined);
        Assert.Equal(Reason.TooFewUnits, effect.BiasReduced.Reason);
    }

    [Fact]
    public void An_exact_fit_has_no_test()
    {
        var effect = ClusteredEffect.Of<int>([1.1, 1.1, 3.3, 3.3, 1.1, 3.3], [0, 0, 1, 1, 0, 1], [0, 1, 2, 3, 4, 5]).Value;
        Assert.Equal(Reason.NoVariance, FixedHorizon.Infer(effect.Corrected.Value, 0.05).Reason);
        Assert.Equal(Reason.NoVariance, FixedHorizon.Infer(NeweyWest.Effect([1.1, 3.3, 1.1], [0, 1, 0], 1).Value, 0.05).Reason);
    }

    [Fact]
    public void One_treatment_or_one_cluster_has_no_effect()
    {
        Assert.Equal(Reason.NoVariance, ClusteredEffect.Of<int>([1, 2], [1, 1], [0, 1]).Reason);
        Assert.Equal(Reason.TooFewUnits, ClusteredEffect.Of<int>([1, 2], [0, 1], [0, 0]).Reason);
        Assert.Equal(Reason.TooFewUnits, ClusteredEffect.Of(ImmutableArray<JointMoments>.Empty.AsSpan()).Reason);
        Assert.Equal(Reason.NoVariance, ClusterMeans.Difference<int>([1, 2], [1, 1], [0, 1]).Reason);
        Assert.Equal(Reason.NoVariance, NeweyWest.Effect([1, 2, 3], [1, 1, 1], 0).Reason);
        Assert.Equal(Reason.TooFewUnits, NeweyWest.Effect([1], [1], 0).Reason);
    }

    [Fact]
    public void Columns_of_unequal_length_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("treatments", () => ClusteredSample.Group<int>([1, 2], [0], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("clusters", () => ClusteredSample.Group<int>([1, 2], [0, 1], [0]));
        Assert.Throws<ArgumentOutOfRangeException>("outcomes", () => ClusteredEffect.Of<int>([1, double.NaN], [0, 1], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("treatments", () => NeweyWest.Effect([1, 2], [0], 0));
        Assert.Throws<ArgumentOutOfRangeException>("lag", () => NeweyWest.Effect([1, 2], [0, 1], -1));
        Assert.Throws<ArgumentOutOfRangeException>("clusters", () => ClusteredEffect.Of(JointMoments.Empty(3)));
    }

    private static double[] Y(Unit[] units) => [.. units.Select(unit => unit.Outcome)];

    private static double[] Z(Unit[] units) => [.. units.Select(unit => (double)unit.Treatment)];

    private static int[] C(Unit[] units) => [.. units.Select(unit => unit.Cluster)];

    private static bool Near(double left, double right, double relative = 1e-9) => Math.Abs(left - right) <= relative * (1e-3 + Math.Abs(left));

    private sealed record Unit(double Outcome, int Treatment, int Cluster);
}
