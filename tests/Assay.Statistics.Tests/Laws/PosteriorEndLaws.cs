using Assay.Statistics.Distributions;
using CsCheck;

namespace Assay.Statistics.Tests;

/// <summary>Ends of the credible interval of a difference where an arm has few conversions or none, and where α is small.</summary>
/// <remarks>
/// Reference values by mpmath at 22 digits or more: P(X − Y &gt; d) = ∫ f_Y(y)·P(X &gt; y + d) dy (+ P(Y &lt; −d) below 0) with y between breakpoints around both means or, for the smallest shapes, over the logit of its place in its range,
/// the integral by mpmath's tanh-sinh between some twenty points, and d by the secant method on ln P.
/// </remarks>
public sealed class PosteriorEndLaws
{
    private static readonly Gen<BetaShapes> Shapes = Gen.Select(Gen.Double[-0.5, 0.9], Gen.Double[0, 3]).Select((a, b) => new BetaShapes(Math.Pow(10, a), Math.Pow(10, b)));
    private static readonly Gen<double> Level = Gen.Double[-9, -0.02].Select(exponent => Math.Pow(10, exponent));

    /// <summary>Of arms with few whole conversions or none.</summary>
    private static readonly Gen<BetaShapes> Few = Gen.Select(Gen.Int[0, 3], Gen.Double[0, 3]).Select((x, b) => new BetaShapes(1 + x, Math.Round(Math.Pow(10, b))));

    [Theory]
    [InlineData(1, 101, 1, 101, 0.05, -0.02908154738747791, 0.02908154738747791)]
    [InlineData(1, 1001, 1, 1001, 0.05, -0.0029867742296610726, 0.0029867742296610726)]
    [InlineData(2, 5, 2, 5, 0.05, -0.44629538751519669, 0.44629538751519669)]
    [InlineData(1, 101, 31, 71, 0.05, 0.2065667013475364, 0.38790765014200639)]
    [InlineData(0.5, 100.5, 0.5, 100.5, 0.05, -0.021480708045012479, 0.021480708045012479)]
    [InlineData(0.5, 0.5, 0.5, 0.5, 0.05, -0.9229923166605702, 0.9229923166605702)]
    [InlineData(0.001, 100.001, 5.001, 95.001, 0.05, 0.016588620072600786, 0.10023220509015141)]
    public void Ends_are_those_of_many_digits(double a1, double b1, double a2, double b2, double alpha, double lower, double upper)
    {
        var ends = new BetaComparison(a1, b1, a2, b2).Describe(alpha).Credible;
        var allowed = 1e-10 * Math.Sqrt(new BetaShapes(a1, b1).Variance + new BetaShapes(a2, b2).Variance);
        Assert.Equal(lower, ends.Lower, allowed);
        Assert.Equal(upper, ends.Upper, allowed);
    }

    /// <summary>Of two uniform variables P(X − Y &gt; d) = (1 − d)²/2.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.9)]
    [InlineData(1e-6)]
    [InlineData(1e-280)]
    public void Nothing_known_of_either_arm_has_a_triangle(double alpha)
    {
        var ends = Bayes.Proportions(0, 0, 0, 0, alpha).Value.Credible;
        Assert.Equal(Math.Sqrt(alpha) - 1, ends.Lower, 1e-12);
        Assert.Equal(1 - Math.Sqrt(alpha), ends.Upper, 1e-12);
    }

    [Fact]
    public void Equal_arms_have_a_symmetric_interval() =>
        Gen.Select(Shapes, Level).Sample((arm, alpha) => new BetaComparison(arm, arm).Describe(alpha).Credible is var ends && ends.Lower.Equals(-ends.Upper), iter: 100);

    [Fact]
    public void Arms_exchanged_have_the_interval_mirrored() =>
        Gen.Select(Shapes, Few, Level).Sample((a, b, alpha) =>
        {
            Interval ends = new BetaComparison(a, b).Describe(alpha).Credible, mirrored = new BetaComparison(b, a).Describe(alpha).Credible;
            return ends.Lower.Equals(-mirrored.Upper) && ends.Upper.Equals(-mirrored.Lower);
        }, iter: 100);

    [Fact]
    public void Beyond_each_end_lies_half_of_alpha() =>
        Gen.Select(Gen.OneOf(Shapes, Few), Gen.OneOf(Shapes, Few), Level).Sample((a, b, alpha) =>
        {
            var ends = new BetaComparison(a, b).Describe(alpha).Credible;
            return Near(Above(a, b, -ends.Lower), alpha / 2) && Near(Above(b, a, ends.Upper), alpha / 2);
        }, iter: 100);

    [Fact]
    public void Prior_belief_of_a_thousandth_of_a_unit_has_no_favourite()
    {
        var posterior = Bayes.Proportions(0, 0, 0, 0, 0.3, 0.001, 0.001).Value;
        Assert.Equal(0.5, posterior.ProbabilityTreatmentBeatsControl, 1e-10);
        Assert.Equal(-posterior.Credible.Lower, posterior.Credible.Upper, 1e-10);
    }

    [Fact]
    public void Counts_that_a_double_does_not_tell_apart_are_not_compared()
    {
        const long most = 1L << 60;
        Assert.Equal(Reason.Overflow, Bayes.Proportions(most / 2, most, most / 2, most, 0.05).Reason);
        Assert.True(Bayes.Proportions(100, most, 100, most, 0.05).IsDetermined);
    }

    private static bool Near(double got, double expected) => Math.Abs(got - expected) <= 1e-8 * expected;

    /// <summary>P(X − Y &gt; d) by the tanh-sinh rule over y itself, between quantiles of both.</summary>
    private static double Above(BetaShapes x, BetaShapes y, double d)
    {
        double low = Math.Max(0, -d), high = Math.Min(1, 1 - d);
        var inside = from p in (double[])[1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9]
                     from point in (double[])[Beta.Quantile(p, y.A, y.B), Beta.Quantile(p, x.A, x.B) - d]
                     where point > low && point < high
                     select point;
        double[] ends = [low, .. inside.Order(), high];
        var sum = d < 0 ? Beta.Cdf(-d, y.A, y.B) : 0;
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var length = ends[i + 1] - ends[i];
            for (var t = -4.5; t <= 4.5; t += 1.0 / 32)
            {
                double s = Math.PI * Math.Sinh(t), share = 1 / (1 + Math.Exp(-s)), point = ends[i] + (length * share);
                if (point <= 0 || point >= 1) continue;
                sum += length * share / (1 + Math.Exp(s)) * Math.PI * Math.Cosh(t) / 32 * Math.Exp(Beta.LogDensity(point, y.A, y.B)) * Beta.Survival(point + d, x.A, x.B);
            }
        }

        return sum;
    }
}
