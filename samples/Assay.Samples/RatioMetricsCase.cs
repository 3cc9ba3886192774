namespace Assay.Samples;

internal static class RatioMetricsCase
{
    public static void ClicksPerPageView()
    {
        // One row a user: clicks, page views.
        var control = JointMoments.Of([1, 10], [0, 4], [3, 12], [2, 9], [0, 2], [5, 20], [1, 7], [2, 8]);
        var treatment = JointMoments.Of([2, 9], [1, 5], [4, 11], [2, 10], [1, 2], [7, 18], [2, 7], [2, 6]);
        var (c, t) = (Ratio.Of(control).Value, Ratio.Of(treatment).Value);
        var test = FixedHorizon.Infer(c, t, alpha: 0.05).Value;

        Console.WriteLine($"control   {c.Value:F5}, se {c.StandardError:F5}");
        Console.WriteLine($"treatment {t.Value:F5}, se {t.StandardError:F5}");
        Console.WriteLine($"difference {test.Effect.Value:F5} [{test.Interval.Lower:F5}, {test.Interval.Upper:F5}], p = {test.PValue:F5}");
    }
}
