namespace Assay.Samples;

internal static class BanditsCase
{
    public static void WhichArmIsBest()
    {
        // Beta(1 + x, 1 + n - x) after 48, 55 and 61 conversions of 1000 each.
        var best = BestArm.OfProportions([(49, 953), (56, 946), (62, 940)]).Value;

        Print("P(best)      ", best.ProbabilityBest);
        Print("top-two split", best.TopTwoWeights);
        Print("expected loss", best.ExpectedLoss);

        static void Print(string name, IEnumerable<double> values) => Console.WriteLine($"{name} {string.Join(" ", values.Select(value => $"{value:F6}"))}");
    }

    public static void InferenceAfterTheAllocationMoved()
    {
        var first = new AdaptiveBatch(Share: 0.5, Control: Seen(938, 0.0966, 0.0852), Treatment: Seen(937, 0.1210, 0.1008));
        var second = new AdaptiveBatch(Share: 0.8, Control: Seen(400, 0.0830, 0.0790), Treatment: Seen(1600, 0.1069, 0.0955));
        var test = AdaptiveBatches.AdaptivelyWeighted(first, second).SelectMany(effect => FixedHorizon.Infer(effect, alpha: 0.05)).Value;

        Console.WriteLine($"adaptively weighted {test.Effect.Value:F5}, se {test.Effect.StandardError:F5} [{test.Interval.Lower:F5}, {test.Interval.Upper:F5}]");
        Console.WriteLine($"batched z = {AdaptiveBatches.BatchedZ(first, second).Value:F5}");

        static Moments Seen(long count, double mean, double variance) => new(count, mean, variance * (count - 1));
    }
}
