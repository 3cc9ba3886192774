namespace Assay.Samples;

internal static class HeterogeneityAndWinnersCurseCase
{
    public static void EightSchools()
    {
        double[] effects = [28, 8, -3, 7, -1, 1, 18, 12], errors = [15, 10, 16, 11, 9, 11, 10, 18];
        Estimate[] schools = [.. effects.Zip(errors, (y, se) => new Estimate(y, se * se, double.PositiveInfinity))];
        var together = RandomEffects.Of(schools).Value;

        Console.WriteLine($"mean {together.Fixed.Value:F4}, se {together.Fixed.StandardError:F4}, Q {together.Q:F4}, p = {together.PValue:F4}");
        Console.WriteLine($"tau^2 {together.BetweenVariance:F4}: no evidence that schools differ, so every school shrinks to {together.Shrunk[0].Value:F4}");
    }

    public static void FourSegmentsThatDiffer()
    {
        double[] effects = [0.8, 2.9, 0.2, 3.6], errors = [0.5, 0.6, 0.5, 0.9];
        Estimate[] segments = [.. effects.Zip(errors, (y, se) => new Estimate(y, se * se, double.PositiveInfinity))];
        var together = RandomEffects.Of(segments).Value;

        Console.WriteLine($"Q {together.Q:F4} on 3 df, p = {together.PValue:F5}, I^2 {together.InconsistencyShare:P1}");
        Console.WriteLine($"tau^2: DerSimonian-Laird {together.BetweenVariance:F4}, Paule-Mandel {RandomEffects.PauleMandel(segments):F4}, REML {RandomEffects.RestrictedLikelihood(segments):F4}");
        Console.WriteLine($"shrunk {string.Join(" ", together.Shrunk.Select(segment => $"{segment.Value:F4}"))}");
    }

    public static void AWinnerChosenBecauseItWon()
    {
        var winner = new Estimate(Value: 2.5, Variance: 1, DegreesOfFreedom: double.PositiveInfinity);
        var honest = SelectedEffect.Of(winner, threshold: 1.959964, alpha: 0.05).Value;

        Console.WriteLine($"as measured {winner.Value:F2}; given that it was significant: likelihood {honest.MaximumLikelihood:F4}, median-unbiased {honest.MedianUnbiased:F4} [{honest.Interval.Lower:F4}, {honest.Interval.Upper:F4}]");
    }
}
