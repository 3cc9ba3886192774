using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class MomentsLaws
{
    private static readonly Gen<double[]> Sample = Gen.Double[-1e3, 1e3].Array[0, 40];
    private static readonly Gen<(double[] X, double[] Y)> Pairs = Gen.Select(Gen.Double[-1e3, 1e3], Gen.Double[-1e3, 1e3]).Array[1, 30].Select(rows => (rows.Select(row => row.Item1).ToArray(), rows.Select(row => row.Item2).ToArray()));

    [Fact]
    public void Merging_two_samples_is_the_moments_of_both_together() =>
        Gen.Select(Sample, Sample).Sample((left, right) => Near(Moments.Of(left) + Moments.Of(right), Moments.Of([.. left, .. right])));

    [Fact]
    public void Merging_does_not_depend_on_order() =>
        Gen.Select(Sample, Sample).Sample((left, right) => Near(Moments.Of(left) + Moments.Of(right), Moments.Of(right) + Moments.Of(left)));

    [Fact]
    public void Merging_does_not_depend_on_grouping() =>
        Gen.Select(Sample, Sample, Sample).Sample((a, b, c) =>
            Near(Moments.Of(a) + Moments.Of(b) + Moments.Of(c), Moments.Of(a) + (Moments.Of(b) + Moments.Of(c))));

    [Fact]
    public void No_units_change_nothing() =>
        Sample.Sample(values => Moments.Of(values) + Moments.AdditiveIdentity == Moments.Of(values) && Moments.AdditiveIdentity + Moments.Of(values) == Moments.Of(values));

    [Fact]
    public void Joint_merging_is_the_joint_moments_of_both_together() =>
        Gen.Select(Pairs, Pairs).Sample((left, right) =>
        {
            var merged = JointMoments.OfColumns(left.X, left.Y) + JointMoments.OfColumns(right.X, right.Y);
            var whole = JointMoments.OfColumns([.. left.X, .. right.X], [.. left.Y, .. right.Y]);
            return merged.Count == whole.Count && Near(merged.Column(0), whole.Column(0)) && Near(merged.Column(1), whole.Column(1))
                && Math.Abs(merged.Scatter(0, 1) - whole.Scatter(0, 1)) < 1e-6;
        });

    [Fact]
    public void Joint_moments_agree_with_the_moments_of_each_column() =>
        Pairs.Sample(pairs => Near(JointMoments.OfColumns(pairs.X, pairs.Y).Column(1), Moments.Of(pairs.Y)));

    [Fact]
    public void Equal_joint_moments_are_equal_values()
    {
        var left = JointMoments.Of([1, 2], [3, 5], [4, 4]);
        var right = JointMoments.Of([1, 2], [3, 5], [4, 4]);
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, JointMoments.Of([1, 2], [3, 5], [4, 4.5]));
    }

    [Fact]
    public void Eight_columns_are_kept_and_nine_are_refused()
    {
        var eight = JointMoments.Of([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 0, 5, 3, 3, 3, 9]);
        Assert.Equal(-0.5, eight.Scatter(1, 0));
        Assert.Equal(0.5, eight.Scatter(7, 7));
        Assert.Equal(eight.Scatter(2, 7), eight.Scatter(7, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => JointMoments.Empty(9));
    }

    [Fact]
    public void A_variance_survives_a_mean_of_a_billion()
    {
        var moments = Moments.Of([1e9 + 4, 1e9 + 7]) + Moments.Of([1e9 + 13, 1e9 + 16]);
        Assert.Equal(30, moments.Variance, 1e-9);
    }

    private static bool Near(Moments left, Moments right) =>
        left.Count == right.Count && Math.Abs(left.Mean - right.Mean) < 1e-9 && Math.Abs(left.SquaredDeviations - right.SquaredDeviations) < 1e-6;
}
