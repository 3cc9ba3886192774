namespace Assay.Samples;

internal static class NonInferiorityAndEquivalenceCase
{
    public static void AGuardrailWithinTwoPercent()
    {
        var control = Mean.Of(new Moments(Count: 20_000, Mean: 100, SquaredDeviations: 19_999 * 900.0)).Value;
        var treatment = Mean.Of(new Moments(Count: 20_000, Mean: 99.4, SquaredDeviations: 19_999 * 900.0)).Value;
        var slack = FixedHorizon.Infer(NonInferiority.Contrast(control, treatment, marginFraction: 0.02, sign: +1), alpha: 0.10).Value;
        var superior = FixedHorizon.Infer(control, treatment, alpha: 0.05).Value;

        Console.WriteLine($"slack {slack.Effect.Value:F4}, one-sided 95 % lower bound {slack.Interval.Lower:F4}: {(slack.Interval.Lower > 0 ? "non-inferior" : "not shown")}");
        Console.WriteLine($"difference {superior.Effect.Value:F4}, p = {superior.PValue:F4}");
    }

    public static void EquivalentWithinFivePercent()
    {
        var control = new Estimate(Value: 100, Variance: 1, DegreesOfFreedom: 99);
        var treatment = new Estimate(Value: 101, Variance: 1.2, DegreesOfFreedom: 89);
        var test = EquivalenceTest.Relative(control, treatment, low: -0.05, high: 0.05).Value;

        Console.WriteLine($"p of the lower margin {test.Low.PValue:F6}, of the upper {test.High.PValue:F6}, of equivalence {test.PValue:F6}");
    }
}
