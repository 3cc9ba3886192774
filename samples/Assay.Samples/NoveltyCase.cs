namespace Assay.Samples;

internal static class NoveltyCase
{
    public static void AnEffectThatFades()
    {
        double[] day = [1, 2, 3, 4, 5, 6, 7], effect = [0.121, 0.098, 0.089, 0.061, 0.058, 0.043, 0.047];
        Estimate[] effects = [.. effect.Select(e => new Estimate(e, 0.016 * 0.016, double.PositiveInfinity))];
        var trend = EffectTrend.Of(day, effects).Value;
        var slope = FixedHorizon.Infer(trend.Slope.Value, alpha: 0.05).Value;
        var contrast = FixedHorizon.Infer(trend.EarlyLessLate.Value, alpha: 0.05).Value;

        Console.WriteLine($"mean {trend.Constant.Value:F4}; constant? Q = {trend.ConstantQ:F3} on 6 df, p = {ChiSquared.Survival(trend.ConstantQ, 6):F5}");
        Console.WriteLine($"slope {slope.Effect.Value:F5} a day, se {slope.Effect.StandardError:F5}, p = {slope.PValue:F6}; a line? Q = {trend.LineQ.Value:F3} on 5 df");
        Console.WriteLine($"first three days less last three: {contrast.Effect.Value:F4}, p = {contrast.PValue:F5}");
    }

    public static void TheSameUsersOnSeveralDays()
    {
        // Three days with correlation one half between neighbours.
        double[][] covariance = [[0.0004, 0.0002, 0.0001], [0.0002, 0.0004, 0.0002], [0.0001, 0.0002, 0.0004]];
        var trend = EffectTrend.Of([1, 2, 3], [0.12, 0.09, 0.05], covariance).Value;

        Console.WriteLine($"slope {trend.Slope.Value.Value:F5}, se {trend.Slope.Value.StandardError:F5}");
    }
}
