namespace Assay.Samples;

internal static class RankTestsCase
{
    public static void ScoresWithTies()
    {
        double[] control = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1];
        double[] treatment = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4];
        var ranks = RankComparison.Of(control, treatment).Value;
        var test = ranks.BrunnerMunzel(alpha: 0.05).Value;
        var classical = ranks.Asymptotic.Value;

        Console.WriteLine($"P(treatment > control) + half of ties = {ranks.ProbabilityOfSuperiority:F4}, shift {ranks.Shift:F1}");
        Console.WriteLine($"Brunner-Munzel t = {test.Statistic:F6}, df = {test.Effect.DegreesOfFreedom:F4}, p = {test.PValue:F7}");
        Console.WriteLine($"  P - 1/2 in [{test.Interval.Lower:F4}, {test.Interval.Upper:F4}]");
        Console.WriteLine($"Mann-Whitney z = {classical.Z:F5}, p = {classical.PValue:F6}, with continuity {classical.PValueWithContinuity:F6}");
    }

    public static void SmallSamplesExactly()
    {
        var ranks = RankComparison.Of([1.1, 2.2, 3.3, 4.0], [4.4, 5.5, 6.6, 3.7]).Value;

        Console.WriteLine($"U = {ranks.Wins} of {ranks.Pairs}, exact p = {ranks.ExactPValue:F6}, shift {ranks.Shift:F2}");
    }
}
