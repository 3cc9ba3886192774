namespace Assay.Samples;

internal static class PlanningCase
{
    public static void HowManyUnits()
    {
        var size = Power.TwoProportionsControlSize(baseline: 0.05, alternative: 0.055, ratio: 1, alpha: 0.05, power: 0.8).Value;
        var means = Power.TwoMeansControlSize(standardDeviation: 30, difference: 1, ratio: 1, alpha: 0.05, power: 0.8).Value;
        var detectable = Power.TwoProportionsDetectable(baseline: 0.05, controlSize: 10_000, treatmentSize: 10_000, alpha: 0.05, power: 0.8, direction: +1).Value;

        Console.WriteLine($"5.0 % to 5.5 %: {size:F2} an arm");
        Console.WriteLine($"a difference of 1 with sd 30: {means:F2} an arm");
        Console.WriteLine($"10,000 an arm find a rise of {detectable:F6}");
    }

    public static void SmallSamples()
    {
        var student = StudentSizes.Equal(deviation: 1, difference: 0.5, alpha: 0.05, power: 0.8).Value;

        Console.WriteLine($"half a standard deviation by Student's t: {student:F5} an arm");
    }

    public static void SeveralArmsCovariatesAndLooks()
    {
        // Three arms, control the best share; a covariate of correlation 0.6; O'Brien-Fleming at five looks; Bonferroni over two treatments.
        var variance = DesignSize.EffectiveVariance(variance: 900, correlation: 0.6, clusterEffect: 1);
        var share = DesignSize.OptimalControlShare(treatments: 2);
        var inflation = SequentialDesign.Of(GroupSequential.OBrienFleming(looks: 5, alpha: 0.025), alpha: 0.025, power: 0.8).Inflation;
        var total = DesignSize.Total(variance, difference: 1, [share, (1 - share) / 2, (1 - share) / 2], alpha: 0.025, power: 0.8, inflation).Value;

        Console.WriteLine($"control share {share:F4}, inflation {inflation:F4}, total {total:F1}");
    }

    public static void WhatASignificantResultIsWorth()
    {
        var errors = SignificantErrors.Of(effect: 0.1, standardError: 3.28, alpha: 0.05);

        Console.WriteLine($"power {Power.OfEffect(effect: 0.1, standardError: 3.28, alpha: 0.05):F4}, wrong sign {errors.WrongSign:F3}, exaggeration {errors.Exaggeration:F1}");
    }
}
