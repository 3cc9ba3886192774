namespace Assay.Samples;

internal static class TwoProportionsCase
{
    public static void CompareTwoArms()
    {
        var test = FixedHorizon.TwoProportions(controlSuccesses: 48, controlCount: 80, treatmentSuccesses: 56, treatmentCount: 70, alpha: 0.05).Value;
        var newcombe = Proportions.Newcombe(48, 80, 56, 70, 0.05).Value;
        var miettinen = Proportions.MiettinenNurminen(48, 80, 56, 70, 0.05).Value;
        var wald = Proportions.Wald(48, 80, 56, 70, 0.05).Value;

        Console.WriteLine($"difference = {test.Effect.Value:F4}, z = {test.Statistic:F4}, p = {test.PValue:F6}");
        Console.WriteLine($"score (inverts the test)  [{test.Interval.Lower:F4}, {test.Interval.Upper:F4}]");
        Console.WriteLine($"Newcombe, method 10       [{newcombe.Lower:F4}, {newcombe.Upper:F4}]");
        Console.WriteLine($"Miettinen-Nurminen        [{miettinen.Lower:F4}, {miettinen.Upper:F4}]");
        Console.WriteLine($"Wald                      [{wald.Lower:F4}, {wald.Upper:F4}]");
    }

    public static void NobodyConverted()
    {
        var test = FixedHorizon.TwoProportions(0, 200, 0, 200, 0.05);
        var newcombe = Proportions.Newcombe(0, 200, 0, 200, 0.05).Value;

        Console.WriteLine($"test: {test}");
        Console.WriteLine($"Newcombe [{newcombe.Lower:F4}, {newcombe.Upper:F4}]");
    }
}
