namespace Assay.Samples;

internal static class MomentsAndEstimatesCase
{
    public static void MergeTwoDays()
    {
        var monday = Moments.Of([12, 0, 7, 3]);
        var tuesday = Moments.Of([5, 9, 0, 1, 8]);
        var both = monday + tuesday;
        var mean = Mean.Of(both).Value;

        Console.WriteLine($"n = {both.Count}, mean = {mean.Value:F4}, variance of a unit = {both.Variance:F4}");
        Console.WriteLine($"standard error = {mean.StandardError:F4} with {mean.DegreesOfFreedom} degrees of freedom");
    }

    public static void StayExactAtLargeMeans()
    {
        double[] values = [1e9 + 1, 1e9 + 2, 1e9 + 3];
        var sumOfSquares = values.Sum(y => y * y) - (values.Sum() * values.Sum() / values.Length);

        Console.WriteLine($"from raw sums of squares: {sumOfSquares / (values.Length - 1)}");
        Console.WriteLine($"from centred moments:     {Moments.Of(values).Variance}");
    }
}
