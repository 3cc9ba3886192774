using Assay.Statistics.Distributions;
using CsCheck;

namespace Assay.Statistics.Tests;

public sealed class DistributionLaws
{
    private static readonly Gen<double> Tail = Gen.Double[-250, -0.31].Select(exponent => Math.Pow(10, exponent));
    private static readonly Gen<double> Shape = Gen.Double[-0.5, 5].Select(exponent => Math.Pow(10, exponent));

    [Fact]
    public void The_normal_quantile_undoes_the_survival_function_far_into_the_tail() =>
        Tail.Sample(q => Relative(Normal.Survival(Normal.InverseSurvival(q)), q) < 1e-11);

    [Fact]
    public void Students_quantile_undoes_its_survival_function() =>
        Gen.Select(Tail, Gen.Double[0, 5].Select(exponent => Math.Pow(10, exponent))).Sample((q, df) => Relative(StudentT.Survival(StudentT.InverseSurvival(q, df), df), q) < 1e-9, iter: 300);

    [Fact]
    public void The_chi_squared_quantile_undoes_its_survival_function() =>
        Gen.Select(Tail, Shape).Sample((q, df) => Relative(ChiSquared.Survival(ChiSquared.InverseSurvival(q, df), df), q) < 1e-9, iter: 300);

    [Fact]
    public void The_beta_quantile_undoes_its_distribution_function() =>
        Gen.Select(Gen.Double[0.001, 0.999], Shape, Shape).Sample((p, a, b) =>
        {
            var x = Beta.Quantile(p, a, b);
            return x is 0 or 1 || 1 - x < 1e-6 || Math.Abs(Beta.Cdf(x, a, b) - p) < 1e-9;
        }, iter: 300);

    [Theory]
    [InlineData(5, 5, -33, 2.69414682672746664e-48)]
    [InlineData(9000, 1.5, -50, 1.7001842338211329e-17)]
    [InlineData(1000, 2, -40, 4.14003896332018474e-19)]
    public void The_beta_distribution_keeps_its_digits_close_to_one(double a, double b, int exponent, double expected) =>
        Assert.True(Relative(Beta.Survival(1 - Math.ScaleB(1, exponent), a, b), expected) < 1e-13);

    [Fact]
    public void Both_tails_sum_to_one() =>
        Gen.Select(Gen.Double[0.001, 0.999], Shape, Shape).Sample((x, a, b) =>
            Math.Abs(Beta.Cdf(x, a, b) + Beta.Survival(x, a, b) - 1) < 1e-12
            && Math.Abs(ChiSquared.Cdf(a * 2 * x, a) + ChiSquared.Survival(a * 2 * x, a) - 1) < 1e-12
            && Math.Abs(Normal.Cdf(x) + Normal.Survival(x) - 1) < 1e-15);

    [Fact]
    public void The_incomplete_beta_agrees_with_MathNet() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Double[0.2, 600], Gen.Double[0.2, 600]).Sample((x, a, b) =>
            Near(MathNet.Numerics.SpecialFunctions.BetaRegularized(a, b, x), Beta.Cdf(x, a, b), 1e-9));

    [Fact]
    public void The_incomplete_gamma_agrees_with_MathNet() =>
        Gen.Select(Gen.Double[0.2, 900], Gen.Double[0.3, 2]).Sample((a, ratio) =>
            Near(MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(a, a * ratio), Gamma.Survival(a * ratio, a), 1e-9));

    [Fact]
    public void The_normal_survival_function_agrees_with_MathNet() =>
        Gen.Double[-8, 25].Sample(x => Near(0.5 * MathNet.Numerics.SpecialFunctions.Erfc(x / Math.Sqrt(2)), Normal.Survival(x), 1e-10));

    [Fact]
    public void One_degree_of_freedom_is_Cauchys_distribution() =>
        Gen.Double[-3, 200].Select(exponent => Math.Pow(10, exponent)).Sample(t => Relative(StudentT.Survival(t, 1), Math.Atan(1 / t) / Math.PI) < 1e-12);

    [Fact]
    public void Two_degrees_of_freedom_have_a_closed_form() =>
        Gen.Double[0.01, 1e6].Sample(t => Relative(StudentT.Survival(t, 2), 1 / (Math.Sqrt(2 + (t * t)) * (Math.Sqrt(2 + (t * t)) + t))) < 1e-11);

    [Fact]
    public void Chi_squared_with_two_degrees_of_freedom_is_exponential() =>
        Gen.Double[0.001, 1400].Sample(x => Relative(ChiSquared.Survival(x, 2), Math.Exp(-x / 2)) < 1e-12);

    [Fact]
    public void A_z_of_37_still_has_a_p_value() => Assert.InRange(Normal.TwoSidedPValue(37), 1e-300, 1e-298);

    [Fact]
    public void Many_degrees_of_freedom_are_the_normal_distribution() =>
        Gen.Double[0, 8].Sample(t => Relative(StudentT.Survival(t, 1e12), Normal.Survival(t)) < 1e-8);

    [Fact]
    public void At_many_degrees_of_freedom_the_series_is_the_incomplete_beta_function() =>
        Gen.Select(Gen.Double[1.8, 8], Gen.Double[-3, 1]).Select((degrees, part) => (Math.Pow(10, degrees), Math.Pow(10, part))).Sample((degrees, part) =>
        {
            var t = Math.Min(part, 0.6) * Math.Sqrt(degrees) % 30;
            if (!StudentSeries.TrySurvival(t, degrees, out var survival)) return true;
            double square = t * t, direct = IncompleteBeta.LogTails(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square)).Lower - Elementary.LnTwo;
            return Math.Abs(Math.Log(survival) - direct) < 2e-12;
        });

    [Fact]
    public void Students_quantile_has_its_tail() =>
        Gen.Select(Gen.Double[-0.5, 8], Gen.Double[-200, -0.4]).Select((degrees, tail) => (Math.Pow(10, degrees), Math.Pow(10, tail))).Sample((degrees, tail) =>
        {
            var t = StudentT.InverseSurvival(tail, degrees);
            return !double.IsFinite(t) || Math.Abs(StudentT.LogSurvival(t, degrees) - Math.Log(tail)) < 1e-11;
        });

    [Fact]
    public void The_quantile_of_a_beta_variable_has_its_tail() =>
        Gen.Select(Gen.Double[-1, 6], Gen.Double[-1, 6], Gen.Double[-200, -0.31]).Select((a, b, tail) => (Math.Pow(10, a), Math.Pow(10, b), Math.Pow(10, tail))).Sample((a, b, tail) =>
        {
            var x = Beta.Quantile(tail, a, b);
            return x is < 1e-300 or > 0.5 || Math.Abs(Math.Log(Beta.Cdf(x, a, b)) - Math.Log(tail)) < 1e-11 * (1 + Math.Sqrt(Math.Min(a, b)));
        });

    [Fact]
    public void A_central_noncentral_t_is_Students() =>
        Gen.Select(Gen.Double[-6, 6], Gen.Double[1.5, 80]).Sample((t, df) => Near(StudentT.Cdf(t, df), NoncentralT.Cdf(t, df, 0), 1e-9), iter: 200);

    [Fact]
    public void Arguments_are_checked_at_the_door()
    {
        Assert.Throws<ArgumentOutOfRangeException>("q", () => Normal.InverseSurvival(1.5));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => StudentT.Survival(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("a", () => Beta.Cdf(0.5, -1, 1));
    }

    private static double Relative(double got, double expected) => Math.Abs((got - expected) / expected);

    private static bool Near(double expected, double got, double relative) => Math.Abs(got - expected) <= (relative * Math.Abs(expected)) + 1e-13;
}
