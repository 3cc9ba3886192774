using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

/// <summary>Tails down to 1e-300 have their digits.</summary>
/// <remarks>
/// References by mpmath 1.3 with 60 digits: erfc(z/√2)/2; betainc(ν/2, ½, 0, ν/(ν + t²), regularized=True)/2; gammainc(a, x, ∞, regularized=True); betainc(b, a, 0, 1 − x, regularized=True);
/// binomial by betainc(x, n − x + 1, 0, p, regularized=True); Poisson by gammainc(k, 0, λ, regularized=True); hypergeometric by the sum of exact binomial coefficients.
/// </remarks>
public sealed class TailLaws
{
    private const double Digits = 2e-12;

    [Theory]
    [InlineData(1, 0.158655253931457051)]
    [InlineData(5, 2.86651571879193912e-7)]
    [InlineData(10, 7.61985302416052607e-24)]
    [InlineData(20, 2.7536241186062337e-89)]
    [InlineData(37, 5.72557122252457682e-300)]
    public void Normal_tail(double z, double expected)
    {
        Near(expected, Normal.Survival(z));
        Near(expected, Normal.Cdf(-z));
        Near(z, Normal.InverseSurvival(expected));
    }

    [Theory]
    [InlineData(5, 3, 0.00769621903665115049)]
    [InlineData(50, 10, 1.23715516465133999e-13)]
    [InlineData(1e30, 10, 1.23046875e-296)]
    [InlineData(36, 1e6, 6.36699556019951336e-284)]
    [InlineData(30, 200, 2.86208060441392594e-76)]
    public void Student_tail(double t, double degreesOfFreedom, double expected) => Near(expected, StudentT.Survival(t, degreesOfFreedom));

    [Theory]
    [InlineData(50, 3, 7.98917924495147114e-11)]
    [InlineData(1370, 1, 6.94293736464326774e-300)]
    [InlineData(1400, 10, 9.92039147980014528e-295)]
    [InlineData(3500, 1000, 1.04435230054327472e-273)]
    public void Chi_squared_tail(double x, double degreesOfFreedom, double expected) => Near(expected, ChiSquared.Survival(x, degreesOfFreedom));

    [Theory]
    [InlineData(690, 0.5, 4.66115845567391288e-302)]
    [InlineData(900, 100, 4.84746006846120616e-255)]
    public void Gamma_tail(double x, double shape, double expected) => Near(expected, Gamma.Survival(x, shape));

    [Theory]
    [InlineData(0.5, 1, 990, 9.55661945347296132e-299)]
    [InlineData(0.999, 2, 100, 1.009e-298)]
    [InlineData(0.9, 30, 250, 9.99885178291553549e-213)]
    public void Beta_tail(double x, double a, double b, double expected) => Near(expected, Beta.Survival(x, a, b), 1e-11);

    [Theory]
    [InlineData(1200, 2000, 0.3, 3.98580369478454292e-169)]
    [InlineData(2000, 1_000_000, 0.001, 1.85365399440134777e-170)]
    public void Binomial_tail(long successes, long count, double p, double expected) => Near(expected, BinomialTest.Of(successes, count, p).Greater, 1e-11);

    [Theory]
    [InlineData(5, 150, 8.54585605828102185e-161)]
    [InlineData(1000, 2000, 3.0581920801687568e-170)]
    public void Poisson_tail(double mean, double events, double expected) => Near(expected, Gamma.Cdf(mean, events), 1e-11);

    [Theory]
    [InlineData(0, 600, 500, 600, 5.17174323916150354e-237)]
    [InlineData(10, 2000, 500, 2000, 1.00955741508981327e-148)]
    public void Hypergeometric_tail(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double expected) =>
        Near(expected, FisherTest.Of(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount).Value.Greater, 1e-11);

    private static void Near(double expected, double actual, double digits = Digits) => Assert.True(Math.Abs(actual - expected) <= digits * Math.Abs(expected), $"{actual:R} is not {expected:R}");
}
