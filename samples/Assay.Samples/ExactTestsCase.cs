namespace Assay.Samples;

internal static class ExactTestsCase
{
    public static void TwoProportions()
    {
        var tea = FisherTest.Of(controlSuccesses: 1, controlCount: 4, treatmentSuccesses: 3, treatmentCount: 4).Value;

        Console.WriteLine($"p = {tea.PValue:F4}, one-sided {tea.Greater:F4}, mid-p {tea.MidPValue:F4}, odds ratio {tea.OddsRatio:F6}");
    }

    public static void OneProportion()
    {
        var peas = BinomialTest.Of(successes: 682, count: 925, nullProportion: 0.75);
        var interval = BinomialTest.ClopperPearson(682, 925, alpha: 0.05);

        Console.WriteLine($"p = {peas.PValue:F4} [{interval.Lower:F7}, {interval.Upper:F7}]");
    }

    public static void TwoRates()
    {
        // Events over exposure in any one unit, here person-years.
        var rates = PoissonRates.Of(controlEvents: 11, controlExposure: 800, treatmentEvents: 22, treatmentExposure: 900, alpha: 0.05);

        Console.WriteLine($"rate ratio {rates.RateRatio:F4} [{rates.Exact.Lower:F4}, {rates.Exact.Upper:F4}], p = {rates.PValue:F5}");
    }
}
