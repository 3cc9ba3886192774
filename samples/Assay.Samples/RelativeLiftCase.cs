namespace Assay.Samples;

internal static class RelativeLiftCase
{
    public static void ThreeIntervalsOfOneLift()
    {
        var control = new Estimate(Value: 0.10, Variance: 0.09 / 1000, DegreesOfFreedom: double.PositiveInfinity);
        var treatment = new Estimate(Value: 0.12, Variance: 0.1056 / 1000, DegreesOfFreedom: double.PositiveInfinity);
        var fieller = Effect.RelativeFieller(control, treatment, alpha: 0.05).Value;
        var delta = FixedHorizon.Infer(Effect.RelativeDelta(control, treatment).Value, alpha: 0.05).Value;
        var log = Effect.RelativeLog(control, treatment, alpha: 0.05).Value;
        var difference = FixedHorizon.Infer(control, treatment, alpha: 0.05).Value;

        Console.WriteLine($"lift = {delta.Effect.Value:P1}, p of the difference = {difference.PValue:F4}");
        Console.WriteLine($"Fieller [{fieller.Lower:F4}, {fieller.Upper:F4}]");
        Console.WriteLine($"delta   [{delta.Interval.Lower:F4}, {delta.Interval.Upper:F4}]");
        Console.WriteLine($"log     [{log.Lower:F4}, {log.Upper:F4}]");
    }

    public static void AControlMeanNotDistinguishableFromZero()
    {
        var control = new Estimate(Value: 0.5, Variance: 0.09, DegreesOfFreedom: double.PositiveInfinity);
        var treatment = new Estimate(Value: 2, Variance: 0.09, DegreesOfFreedom: double.PositiveInfinity);
        var set = FiellerSet.Of(control, treatment, criticalValue: 1.959964);

        Console.WriteLine($"g = {set.Noise:F3}: {set.Kind} of ({set.Lower:F3}, {set.Upper:F3})");
        Console.WriteLine($"asked for an interval: {Effect.RelativeFieller(control, treatment, alpha: 0.05)}");
    }
}
