using System.Collections.Immutable;
using CsCheck;

namespace Assay.Statistics.Tests.AnytimeValid;

public sealed class CalibratedMixtureTests
{
    private static readonly ImmutableArray<double> Daily = GroupSequential.Equal(28);

    private static readonly Gen<ImmutableArray<double>> Schedule =
        Gen.Double[0.02, 0.4].Array[1, 10].Select(steps => steps.Aggregate(ImmutableArray<double>.Empty, (looks, step) => looks.Add((looks.IsEmpty ? 0 : looks[^1]) + step)));

    [Fact]
    public void Twenty_eight_daily_looks_scale_the_mixture_by_836_thousandths() => Assert.Equal(0.8363, CalibratedMixture.Of(Daily, 0.05).Factor, 5e-5);

    [Fact]
    public void Looks_of_any_spacing_spend_exactly_the_level() => Gen.Select(Schedule, Gen.Double[0.001, 0.2], Gen.Double[0.1, 2]).Sample(
        (fractions, alpha, optimum) =>
        {
            var mixture = CalibratedMixture.Of(fractions, alpha, optimum);
            Assert.Equal(alpha, mixture.Bounds.CumulativeAlpha[^1], 1e-10);
            Assert.InRange(mixture.Factor, 0, 1);
        },
        iter: 30);

    [Fact]
    public void One_look_is_the_fixed_test() => Assert.Equal(Distributions.Normal.TwoSidedCritical(0.05), CalibratedMixture.Of([1], 0.05).Bounds.Z[0], 1e-11);

    [Fact]
    public void The_interval_excludes_zero_exactly_when_the_p_value_is_at_most_alpha()
    {
        var mixture = CalibratedMixture.Of([0.2, 0.5, 1], 0.05);
        Gen.Select(Gen.Double[-4, 4], Gen.Int[1, 3]).Sample(
            (z, look) =>
            {
                var inference = mixture.Infer(new Estimate(z, 1, double.PositiveInfinity), look).Value;
                var excludes = inference.Interval.Lower > 0 || inference.Interval.Upper < 0;
                Assert.True(Math.Abs(inference.PValue - 0.05) < 1e-9 || excludes == (inference.PValue <= 0.05));
            },
            iter: 100);
    }

    [Fact]
    public void The_bound_itself_has_the_level_for_its_p_value()
    {
        var mixture = CalibratedMixture.Of(Daily, 0.01, 0.5);
        foreach (var look in (int[])[1, 14, 28]) Assert.Equal(0.01, mixture.PValue(-mixture.Bounds.Z[look - 1], look), 1e-10);
    }

    [Fact]
    public void A_look_outside_the_schedule_and_an_effect_without_variance_have_no_answer()
    {
        var mixture = CalibratedMixture.Of([0.5, 1], 0.05);
        Assert.Throws<ArgumentOutOfRangeException>("look", () => mixture.PValue(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("look", () => mixture.Infer(new Estimate(1, 1, 1), 3));
        Assert.Equal(Reason.NoVariance, mixture.Infer(new Estimate(1, 0, 1), 1).Reason);
        Assert.Throws<ArgumentOutOfRangeException>("fractions", () => CalibratedMixture.Of([0.5, 0.5], 0.05));
    }

    [Fact]
    public void The_hybrid_is_the_mixture_at_half_the_level_and_the_fixed_test_of_the_other_half_at_the_end()
    {
        var hybrid = MixtureBoundaries.Hybrid(Daily, 0.05);
        Assert.Equal(MixtureBoundaries.Plain(Daily, 0.025).Z[..27], hybrid.Z[..27]);
        Assert.Equal(Distributions.Normal.TwoSidedCritical(0.025), hybrid.Z[^1]);
    }
}
