namespace Assay.Samples;

internal static class GroupSequentialCase
{
    public static void PlanFiveLooks()
    {
        foreach (var bounds in new[] { GroupSequential.OBrienFleming(looks: 5, alpha: 0.05), GroupSequential.Pocock(looks: 5, alpha: 0.05) })
        {
            var design = SequentialDesign.Of(bounds, alpha: 0.05, power: 0.8);
            Console.WriteLine($"C = {bounds.Constant:F4}: {string.Join(" ", bounds.Z.Select(z => $"{z:F3}"))}");
            Console.WriteLine($"  inflation {design.Inflation:F4}, expected size under the effect {design.ExpectedUnderAlternative:F3} of the fixed size");
        }

        Console.WriteLine($"reading a fixed test at five looks: {GroupSequential.NaiveFalsePositiveRate(looks: 5, alpha: 0.05):F4}");
    }

    public static void SpendAtTheLooksThatHappened()
    {
        ImmutableArray<double> fractions = [0.22, 0.47, 0.81];
        var bounds = GroupSequential.Spending(SpendingFunction.OBrienFleming, fractions, alpha: 0.05);

        for (var k = 0; k < fractions.Length; k++) Console.WriteLine($"t = {fractions[k]:F2}: |z| > {bounds.Z[k]:F4}, spent so far {bounds.CumulativeAlpha[k]:F6}");
    }

    public static void StopAtTheThirdLook()
    {
        var bounds = GroupSequential.OBrienFleming(looks: 5, alpha: 0.05);
        var stopped = FinalInference.At(bounds, stopLook: 3, z: 2.9, alpha: 0.05);
        var naive = 2.9 / Math.Sqrt(0.6);

        Console.WriteLine($"p = {stopped.PValue:F6}");
        Console.WriteLine($"drift at full information: naive {naive:F4}, median-unbiased {stopped.MedianUnbiasedDrift:F4} [{stopped.Interval.Lower:F4}, {stopped.Interval.Upper:F4}]");
    }

    public static void FutilityAndConditionalPower()
    {
        ImmutableArray<double> fractions = [0.5, 0.75, 1];
        var design = FutilityDesign.Of(SpendingFunction.OBrienFleming, SpendingFunction.KimDeMets(2), fractions, alpha: 0.025, beta: 0.2);

        Console.WriteLine($"efficacy {string.Join(" ", design.Upper.Select(z => $"{z:F3}"))}, futility {string.Join(" ", design.Lower.Select(z => $"{z:F3}"))}, inflation {design.Inflation:F4}");
        Console.WriteLine($"z = 0.5 half-way: conditional power {ConditionalPower.Under(design.Drift, z: 0.5, fraction: 0.5, finalZ: 1.96):F4} as planned, {ConditionalPower.Under(ConditionalPower.Trend(0.5, 0.5), 0.5, 0.5, 1.96):F4} on trend, {ConditionalPower.Predictive(0.5, 0.5, 1.96):F4} predictive");
    }
}
