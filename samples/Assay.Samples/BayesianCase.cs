namespace Assay.Samples;

internal static class BayesianCase
{
    public static void TwoConversionRates()
    {
        var posterior = Bayes.Proportions(controlSuccesses: 50, controlCount: 1000, treatmentSuccesses: 65, treatmentCount: 1000, alpha: 0.05).Value;

        Console.WriteLine($"P(treatment > control) = {posterior.ProbabilityTreatmentBeatsControl:F6}");
        Console.WriteLine($"expected loss: keep control {posterior.ExpectedLossControl:F6}, ship treatment {posterior.ExpectedLossTreatment:F6}");
        Console.WriteLine($"95 % credible [{posterior.Credible.Lower:F6}, {posterior.Credible.Upper:F6}]");
    }

    public static void AnEffectWithAPrior()
    {
        var effect = new Estimate(Value: 0.5, Variance: 0.2 * 0.2, DegreesOfFreedom: double.PositiveInfinity);
        var prior = new Estimate(Value: 0, Variance: 0.3 * 0.3, DegreesOfFreedom: double.PositiveInfinity);
        var posterior = NormalPosterior.Of(effect, prior).Value;
        var (below, within, above) = NormalPosterior.Region(posterior, radius: 0.1);

        Console.WriteLine($"posterior {posterior.Value:F4}, sd {posterior.StandardError:F4}");
        Console.WriteLine($"P(effect < -0.1) = {below:F4}, within {within:F4}, P(effect > 0.1) = {above:F4}");
    }
}
