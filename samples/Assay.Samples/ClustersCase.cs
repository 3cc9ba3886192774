namespace Assay.Samples;

internal static class ClustersCase
{
    public static void SixShops()
    {
        // Shops were assigned, customers were measured.
        double[] spend = [10, 12, 11, 13, 20, 22, 19, 21, 15, 14, 16, 15, 18, 20, 19, 17, 25, 24, 27, 26, 14, 16, 13, 15];
        double[] treated = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        int[] shop = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6];
        var effect = ClusteredEffect.Of(spend, treated, shop).Value;
        var test = FixedHorizon.Infer(effect.BiasReduced.Value, alpha: 0.05).Value;
        var naive = FixedHorizon.Welch(Moments.Of(spend.AsSpan(0, 12)), Moments.Of(spend.AsSpan(12)), alpha: 0.05).Value;

        Console.WriteLine($"effect {test.Effect.Value:F4}; se CR0 {effect.LiangZeger.StandardError:F4}, CR1 {effect.Corrected.Value.StandardError:F4}, CR2 {test.Effect.StandardError:F4} on {test.Effect.DegreesOfFreedom:F2} df");
        Console.WriteLine($"p = {test.PValue:F4}; as if the customers had been assigned, p = {naive.PValue:F4}");
    }

    public static void ASwitchback()
    {
        // On and off in blocks of two hours; neighbouring hours are alike.
        double[] orders = [50, 52, 58, 57, 51, 49, 60, 61, 54, 53, 59, 62];
        double[] treated = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1];
        var effect = NeweyWest.Effect(orders, treated, lag: 2).Value;

        Console.WriteLine($"effect {effect.Value:F4}, se {effect.StandardError:F4}");
    }
}
