namespace Assay.Samples;

internal static class SampleRatioCase
{
    public static void HalfAndHalf()
    {
        long[] counts = [821_588, 815_482];
        double[] split = [0.5, 0.5];
        var test = SampleRatio.ChiSquare(counts, split).Value;
        var interval = SplitInterval.Of(counts[0], counts[1], plannedShare: 0.5, alpha: 0.001);

        Console.WriteLine($"chi-square {test.ChiSquare:F3} on {test.DegreesOfFreedom} df, p = {test.PValue:E2}");
        Console.WriteLine($"sequential p = {SampleRatio.SequentialPValue(counts, split):E2}");
        Console.WriteLine($"share of the first arm {821_588.0 / 1_637_070:F5}, confidence sequence [{interval.Lower:F5}, {interval.Upper:F5}]");
    }

    public static void AnArmThatShouldBeEmpty()
    {
        var test = SampleRatio.ChiSquare([60, 40, 3], [1, 1, 0]).Value;

        Console.WriteLine($"p = {test.PValue:F4} on {test.DegreesOfFreedom} df; units in an arm of weight 0: {test.UnitsInZeroWeightArm}");
    }
}
