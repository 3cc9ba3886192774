using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class RankLaws
{
    private static readonly Gen<double[]> Tied = Gen.Int[-6, 6].Select(value => (double)value).Array[1, 25];
    private static readonly Gen<double[]> Untied = Gen.Double[-9, 9].Array[1, 25];
    private static readonly Gen<(double[] Control, double[] Treatment)> Arms = Gen.OneOf(Gen.Select(Tied, Tied), Gen.Select(Untied, Untied));

    [Fact]
    public void Swapping_the_arms_flips_the_sign_and_keeps_the_p_values() =>
        Arms.Sample(arms =>
        {
            RankComparison one = Compare(arms.Control, arms.Treatment), other = Compare(arms.Treatment, arms.Control);
            return one.Wins == one.Pairs - other.Wins && one.Shift == -other.Shift && one.ExactPValue == other.ExactPValue
                && (one.Asymptotic.TryGet(out var z) ? other.Asymptotic.Value == z with { Z = -z.Z } : other.Asymptotic.Reason == one.Asymptotic.Reason)
                && (one.BrunnerMunzel(0.05).TryGet(out var t) ? Near(other.BrunnerMunzel(0.05).Value.PValue, t.PValue) && Near(other.BrunnerMunzel(0.05).Value.Statistic, -t.Statistic) : !other.BrunnerMunzel(0.05).IsDetermined);
        });

    [Fact]
    public void An_increasing_transform_changes_nothing_but_the_shift() =>
        Gen.Select(Tied, Tied).Sample((control, treatment) =>
        {
            RankComparison plain = Compare(control, treatment), cubed = Compare([.. control.Select(Cube)], [.. treatment.Select(Cube)]);
            return plain with { Shift = 0 } == cubed with { Shift = 0 };

            static double Cube(double x) => (x * x * x) + 1e6;
        });

    [Fact]
    public void Wins_and_shift_are_those_of_all_pairs() =>
        Arms.Sample(arms =>
        {
            double[] differences = [.. arms.Control.SelectMany(c => arms.Treatment.Select(t => t - c)).Order()];
            var wins = arms.Control.Sum(c => arms.Treatment.Sum(t => t > c ? 1 : t == c ? 0.5 : 0));
            var median = (0.5 * differences[(differences.Length - 1) / 2]) + (0.5 * differences[differences.Length / 2]);
            var all = Compare(arms.Control, arms.Treatment);
            return all.Wins == wins && Near(all.Shift, median);
        });

    [Theory]
    [InlineData(401, 302, false)]
    [InlineData(400, 300, true)]
    [InlineData(2, 900, false)]
    [InlineData(1000, 1000, true)]
    public void The_shift_of_many_pairs_is_their_median(int controls, int treatments, bool rounded)
    {
        // A low-discrepancy walk through heavy tails.
        double Value(int i) => Math.Tan((((i * 0.6180339887498949) % 1) - 0.5) * 3.1) * (i % 7 == 0 ? 1e12 : 1);
        double[] control = [.. Enumerable.Range(1, controls).Select(i => rounded ? Math.Round(Value(i)) : Value(i))];
        double[] treatment = [.. Enumerable.Range(5000, treatments).Select(i => rounded ? Math.Round(Value(i)) : Value(i) + 0.25)];
        double[] differences = [.. control.SelectMany(c => treatment.Select(t => t - c)).Order()];
        Assert.Equal((0.5 * differences[(differences.Length - 1) / 2]) + (0.5 * differences[differences.Length / 2]), Compare(control, treatment).Shift);
    }

    [Fact]
    public void The_exact_p_value_is_a_share_of_all_arrangements() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int[0, 30]).Sample((m, n, u) =>
        {
            u %= (m * n) + 1;
            // Every choice of the places of m values among m + n, with the U of each.
            var statistics = Enumerable.Range(0, 1 << (m + n)).Where(mask => int.PopCount(mask) == m)
                .Select(mask => Enumerable.Range(0, m + n).Where(place => (mask >> place & 1) == 1).Select((place, order) => place - order).Sum()).ToList();
            double lower = statistics.Count(s => s <= u), upper = statistics.Count(s => s >= u);
            return Near(RankSumDistribution.TwoSided(m, n, u), Math.Min(1, 2 * Math.Min(lower, upper) / statistics.Count));
        }, iter: 60);

    [Fact]
    public void The_interval_of_the_probability_excludes_a_half_exactly_when_the_test_rejects() =>
        Gen.Select(Arms, Gen.Double[0.001, 0.5]).Sample((arms, alpha) =>
        {
            if (!Compare(arms.Control, arms.Treatment).BrunnerMunzel(alpha).TryGet(out var test)) return true;
            return Math.Abs(test.PValue - alpha) < 1e-9 || (test.Interval.Lower > 0 || test.Interval.Upper < 0) == (test.PValue <= alpha);
        });

    [Fact]
    public void Arms_that_do_not_overlap_have_no_variance_of_placements() =>
        Assert.Equal(Reason.NoVariance, Compare([1, 2, 3], [4, 5]).Superiority.Reason);

    [Fact]
    public void Equal_values_everywhere_decide_nothing()
    {
        var all = Compare([2, 2], [2, 2, 2]);
        Assert.Equal(0.5, all.ProbabilityOfSuperiority);
        Assert.Equal(Reason.NoVariance, all.Asymptotic.Reason);
        Assert.Equal(Reason.NoVariance, all.BrunnerMunzel(0.05).Reason);
        Assert.Null(all.ExactPValue);
    }

    [Fact]
    public void One_value_an_arm_is_too_few_for_a_variance() => Assert.Equal(Reason.TooFewUnits, Compare([1], [2, 3]).Superiority.Reason);

    [Fact]
    public void An_empty_arm_has_no_units() => Assert.Equal(Reason.NoUnits, RankComparison.Of([], [1]).Reason);

    [Fact]
    public void What_is_not_a_number_and_a_level_outside_zero_and_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("control", () => RankComparison.Of([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>("treatment", () => RankComparison.Of([1], [double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => Compare([1, 2], [1, 3]).BrunnerMunzel(1));
    }

    private static RankComparison Compare(double[] control, double[] treatment) => RankComparison.Of(control, treatment).Value;

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-12 * (1 + Math.Abs(left));
}
