namespace Assay.Samples;

internal static class TwoMeansCase
{
    public static void CompareTwoArms()
    {
        var control = Moments.Of([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
        var treatment = Moments.Of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
        var test = FixedHorizon.Welch(control, treatment, alpha: 0.05).Value;

        Console.WriteLine($"difference = {test.Effect.Value:F2}, se = {test.Effect.StandardError:F5}");
        Console.WriteLine($"t = {test.Statistic:F4}, df = {test.Effect.DegreesOfFreedom:F3}, p = {test.PValue:F5}");
        Console.WriteLine($"95 % interval [{test.Interval.Lower:F6}, {test.Interval.Upper:F6}]");
    }
}
