namespace Assay.Samples;

internal static class ReadmeCase
{
    public static void TwoConversionRates()
    {
        var test = FixedHorizon.TwoProportions(controlSuccesses: 500, controlCount: 10_000, treatmentSuccesses: 580, treatmentCount: 10_000, alpha: 0.05).Value;
        Console.WriteLine($"{test.Effect.Value:F4} [{test.Interval.Lower:F4}, {test.Interval.Upper:F4}], p = {test.PValue:F4}");
    }

    public static void ReadAtEveryLook()
    {
        var mixture = AlwaysValid.MixtureVariance(plannedVariance: 1e-5, alpha: 0.05);
        var difference = Proportions.Difference(500, 10_000, 580, 10_000).Value;
        var test = AlwaysValid.Infer(difference, alpha: 0.05, mixture).Value;
        Console.WriteLine($"[{test.Interval.Lower:F4}, {test.Interval.Upper:F4}], p = {test.PValue:F4}, however often you look");
    }

    public static void WhatTheDataCannotAnswer()
    {
        var lift = Effect.RelativeFieller(control: new Estimate(0, 0.01, 99), treatment: new Estimate(1, 0.01, 99), alpha: 0.05);
        Console.WriteLine(lift.TryGet(out var interval) ? $"[{interval.Lower}, {interval.Upper}]" : $"no answer: {lift.Reason}");
    }
}
