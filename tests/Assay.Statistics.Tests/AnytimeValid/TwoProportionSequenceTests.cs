using CsCheck;

namespace Assay.Statistics.Tests.AnytimeValid;

public sealed class TwoProportionSequenceTests
{
    private static readonly Gen<(long X, long N)> Share = Gen.Select(Gen.Long[0, 60], Gen.Frequency((1, Gen.Const(0L)), (4, Gen.Long[1, 2000]))).Select((x, rest) => (x, Math.Max(1, x + rest)));
    private static readonly Gen<TwoProportionSequence> Plan =
        Gen.Select(Gen.Double[0.001, 0.6], Gen.Double[20, 5000], Gen.Double[20, 5000], Gen.Double[0.001, 0.2]).Select(TwoProportionSequence.Planned);

    /// <summary>Computed at 40 digits by golden-section search and bisection (mpmath 1.2.1), from the definition.</summary>
    [Theory]
    [InlineData(0.01, 2000, 2000, 0.05, 12, 1500, 31, 1480, 2.90077733055573456, -0.0001670772313028293, 0.027429549309024, -0.01142092563743614, 7.324185319566895)]
    [InlineData(0.05, 300, 300, 0.05, 0, 40, 9, 45, 1.90440577765809344, -0.05521429758377114, 0.4293956824058792, -0.3634249989249052, double.PositiveInfinity)]
    [InlineData(0.2, 100, 400, 0.01, 7, 30, 150, 410, -0.191961194614734745, -0.1950391529845194, 0.345263420401812, -0.3621922090599337, 8.168046040440943)]
    [InlineData(0.01, 5000, 5000, 0.05, 0, 500, 0, 480, -1.24742630313442922, -0.03656334998712033, 0.03858799739813927, -1, double.PositiveInfinity)]
    [InlineData(0.5, 50, 50, 0.05, 20, 20, 3, 20, 8.35198822781883655, -0.9930676019248609, -0.3624675794043617, -0.9930676019248609, -0.4522588334382294)]
    [InlineData(1e-6, 3e7, 3e7, 0.05, 900, 1_000_000_000, 1050, 1_000_000_000, 0.352149326883665356, -3.015665865500302e-8, 3.326248509177362e-7, -0.03044550160760898, 0.4075672184403381)]
    [InlineData(0.3, 100, 100, 0.05, 300_000_000, 1_000_000_000, 300_060_000, 1_000_000_000, -14.0578079266904241, -7.388722705306502e-5, 0.0001938872301179457, -0.0002462358101086553, 0.0006464350130662638)]
    [InlineData(0.99, 500, 500, 0.05, 990, 1000, 970, 1000, 3.47822210033117525, -0.04285863395542991, -0.0009434148524641251, -0.04317328705436261, -0.0009615025072773739)]
    [InlineData(0.02, 1000, 1000, 0.005, 1, 60, 0, 61, -0.161689635693917303, -0.2390477279157476, 0.1888195226111358, -1, 1044.523757324159)]
    public void Evidence_and_both_intervals_are_those_of_an_independent_computation(
        double baseline, double controlSize, double treatmentSize, double alpha, long xc, long nc, long xt, long nt, double evidence, double lower, double upper, double liftLower, double liftUpper)
    {
        var sequence = TwoProportionSequence.Planned(baseline, controlSize, treatmentSize, alpha);
        var inference = sequence.Infer(xc, nc, xt, nt, alpha).Value;
        var lift = sequence.Relative(xc, nc, xt, nt, alpha).Value;
        Close(evidence, inference.Statistic);
        Close(lower, inference.Interval.Lower);
        Close(upper, inference.Interval.Upper);
        Close(liftLower, lift.Lower);
        Close(liftUpper, lift.Upper);
    }

    [Fact]
    public void At_every_level_a_p_value_at_most_the_level_is_an_interval_without_zero_and_a_lift_without_zero() =>
        Gen.Select(Plan, Share, Share, Gen.Double[0.0001, 0.5]).Sample((sequence, c, t, alpha) =>
        {
            var inference = sequence.Infer(c.X, c.N, t.X, t.N, alpha).Value;
            var lift = sequence.Relative(c.X, c.N, t.X, t.N, alpha).Value;
            if (Math.Abs(inference.Statistic + Math.Log(alpha)) < 1e-9) return;
            Assert.Equal(inference.PValue <= alpha, inference.Interval is { Lower: > 0 } or { Upper: < 0 });
            Assert.Equal(inference.PValue <= alpha, lift is { Lower: > 0 } or { Upper: < 0 });
        });

    [Fact]
    public void The_intervals_hold_what_was_observed_and_their_ends_have_the_level() =>
        Gen.Select(Plan, Share, Share, Gen.Double[0.001, 0.5]).Sample((sequence, c, t, alpha) =>
        {
            var (effect, interval, _, _) = sequence.Infer(c.X, c.N, t.X, t.N, alpha).Value;
            Assert.InRange(effect.Value, interval.Lower, interval.Upper);
            foreach (var end in (double[])[interval.Lower, interval.Upper])
                if (Math.Abs(end) < 1) Assert.Equal(-Math.Log(alpha), sequence.LogEvidence(c.X, c.N, t.X, t.N, end), 1e-6);
            if (c.X == 0) return;
            var lift = sequence.Relative(c.X, c.N, t.X, t.N, alpha).Value;
            Assert.InRange((t.X * (double)c.N / t.N / c.X) - 1, lift.Lower - 1e-12, lift.Upper + 1e-9);
        });

    [Fact]
    public void A_stricter_level_widens_the_interval() =>
        Gen.Select(Plan, Share, Share, Gen.Double[0.01, 0.5]).Sample((sequence, c, t, alpha) =>
        {
            Interval narrow = sequence.Infer(c.X, c.N, t.X, t.N, alpha).Value.Interval, wide = sequence.Infer(c.X, c.N, t.X, t.N, alpha / 2).Value.Interval;
            return wide.Lower <= narrow.Lower && wide.Upper >= narrow.Upper;
        });

    [Fact]
    public void Where_there_is_evidence_more_conversions_of_the_better_arm_add_to_it() =>
        Gen.Select(Plan, Share, Share).Sample(
            (sequence, c, t) =>
            {
                var evidence = sequence.LogEvidence(c.X, c.N, t.X, t.N);
                return evidence < 0 || t.X == t.N || (double)t.X / t.N < (double)c.X / c.N || sequence.LogEvidence(c.X, c.N, t.X + 1, t.N) >= evidence - 1e-9;
            },
            iter: 2000);

    [Fact]
    public void Naming_the_arms_or_success_the_other_way_turns_the_interval_round()
    {
        var sequence = TwoProportionSequence.Planned(0.1, 200, 700, 0.05);
        var arms = TwoProportionSequence.Planned(0.1, 700, 200, 0.05);
        var failures = TwoProportionSequence.Planned(0.9, 200, 700, 0.05);
        Gen.Select(Share, Share).Sample((c, t) =>
        {
            var one = sequence.Infer(c.X, c.N, t.X, t.N, 0.05).Value;
            foreach (var other in (Inference[])[arms.Infer(t.X, t.N, c.X, c.N, 0.05).Value, failures.Infer(c.N - c.X, c.N, t.N - t.X, t.N, 0.05).Value])
            {
                Assert.Equal(one.Statistic, other.Statistic, 1e-9);
                Assert.Equal(one.Interval.Lower, -other.Interval.Upper, 1e-9);
                Assert.Equal(one.Interval.Upper, -other.Interval.Lower, 1e-9);
            }
        });
    }

    [Fact]
    public void An_arm_without_units_has_no_answer_and_a_single_unit_has_one()
    {
        var sequence = TwoProportionSequence.Planned(0.01, 1000, 1000, 0.05);
        Assert.Equal(Reason.NoUnits, sequence.Infer(0, 0, 1, 5, 0.05).Reason);
        Assert.Equal(Reason.NoUnits, sequence.Relative(1, 5, 0, 0, 0.05).Reason);
        Assert.Equal(1, sequence.Infer(0, 1, 0, 1, 0.05).Value.PValue);
        Assert.InRange(sequence.Infer(0, 1, 1, 1, 0.05).Value.PValue, 0.05, 1);
    }

    [Fact]
    public void Arguments_are_checked_at_the_door()
    {
        var sequence = TwoProportionSequence.Planned(0.01, 1000, 1000, 0.05);
        Assert.Throws<ArgumentOutOfRangeException>("baseline", () => TwoProportionSequence.Planned(0, 1000, 1000, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("controlSize", () => TwoProportionSequence.Planned(0.1, 0, 1000, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => sequence.Infer(1, 2, 1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("treatmentSuccesses", () => sequence.Relative(1, 2, 3, 2, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>("difference", () => sequence.LogEvidence(1, 2, 1, 2, 1.5));
    }

    private static void Close(double expected, double actual) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-10 + (2e-9 * Math.Abs(expected)), $"{actual:R} is not {expected:R}");
}
