using CsCheck;

namespace Assay.Statistics.Tests;

/// <summary>Credible intervals of a lift against what can be written down, and against their own mirror.</summary>
public sealed class PosteriorLiftLaws
{
    /// <summary>Under Beta(a, 1) in both arms p is U^(1/a), so (p_t/p_c)^a is the ratio of two uniforms: r exceeds it with probability r/2 below 1, and 1 − 1/(2r) above.</summary>
    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(1, 0.9)]
    [InlineData(1, 1e-12)]
    [InlineData(1, 1e-280)]
    [InlineData(0.0065, 0.05)]
    [InlineData(0.3, 1e-6)]
    [InlineData(40, 0.05)]
    [InlineData(40, 1e-9)]
    [InlineData(1e6, 0.05)]
    public void Powers_of_a_uniform_have_the_ends_of_its_ratio(double a, double alpha)
    {
        var lift = Bayes.ProportionLift(0, 0, 0, 0, alpha, priorA: a, priorB: 1).Value;
        Assert.Equal(1, Math.Log(1 + lift.Upper) * a / -Math.Log(alpha), 1e-9);
        // Next to −1 the double itself has no more digits of 1 + l.
        if (Math.Log(alpha) / a > -20) Assert.Equal(1, Math.Log(1 + lift.Lower) * a / Math.Log(alpha), 1e-6);
        else Assert.InRange(lift.Lower, -1, -1 + 1e-8);
    }

    [Fact]
    public void An_end_that_is_no_double_is_infinite() =>
        Assert.Equal(new Interval(-1, double.PositiveInfinity), Bayes.ProportionLift(0, 0, 0, 0, 0.05, priorA: 0.003, priorB: 1).Value);

    [Fact]
    public void Arms_that_change_places_turn_the_ratio_over() =>
        Gen.Select(Gen.Int[20, 500], Gen.Int[20, 500], Gen.Int[1_000, 100_000], Gen.Double[0.001, 0.5]).Sample((x, y, n, alpha) =>
        {
            var (there, back) = (Bayes.ProportionLift(x, n, y, n, alpha).Value, Bayes.ProportionLift(y, n, x, n, alpha).Value);
            return Math.Abs(((1 + there.Lower) * (1 + back.Upper)) - 1) < 1e-9 && Math.Abs(((1 + there.Upper) * (1 + back.Lower)) - 1) < 1e-9;
        }, iter: 100);
}
