namespace Assay.Samples;

internal static class AlwaysValidCase
{
    public static void LookWheneverYouLike()
    {
        // Planned: 10,000 units an arm, standard deviation 30. Looked at: 2,500 an arm.
        var mixture = AlwaysValid.MixtureVariance(plannedVariance: 2 * 900.0 / 10_000, alpha: 0.05);
        var effect = new Estimate(Value: 3.2, Variance: 2 * 900.0 / 2_500, DegreesOfFreedom: double.PositiveInfinity);
        var now = AlwaysValid.Infer(effect, alpha: 0.05, mixture).Value;
        var once = FixedHorizon.Infer(effect, alpha: 0.05).Value;

        Console.WriteLine($"mixture variance {mixture:F5}, ln e = {now.Statistic:F5}");
        Console.WriteLine($"at any look [{now.Interval.Lower:F4}, {now.Interval.Upper:F4}], p = {now.PValue:F5}");
        Console.WriteLine($"if this were the only look [{once.Interval.Lower:F4}, {once.Interval.Upper:F4}], p = {once.PValue:F5}");
        Console.WriteLine($"at the planned size the interval is {AlwaysValid.Radius(0.18, 0.05, mixture) / (1.959964 * Math.Sqrt(0.18)):F4} times a fixed one");
    }

    public static void ABoundOnOneSide()
    {
        var mixture = AlwaysValid.MixtureVariance(plannedVariance: 0.18, alpha: 0.10);

        Console.WriteLine($"one-sided 5 %: {AlwaysValidBound.Radius(variance: 0.72, alpha: 0.05, mixture):F5}, two-sided 10 %: {AlwaysValid.Radius(variance: 0.72, alpha: 0.10, mixture):F5}");
    }

    public static void OnePricePerSchedule()
    {
        // The looks are known after all: once a day for 28 days.
        ImmutableArray<double> days = [.. Enumerable.Range(1, 28).Select(day => day / 28.0)];
        var calibrated = CalibratedMixture.Of(days, alpha: 0.05);
        var effect = new Estimate(Value: 3.2, Variance: 2 * 900.0 / 2_500, DegreesOfFreedom: double.PositiveInfinity);
        var seventh = calibrated.Infer(effect, look: 7).Value;

        Console.WriteLine($"factor {calibrated.Factor:F4}; on day 7 |z| > {calibrated.Bounds.Z[6]:F4}, on the last day {calibrated.Bounds.Z[27]:F4}");
        Console.WriteLine($"day 7: [{seventh.Interval.Lower:F4}, {seventh.Interval.Upper:F4}], p = {seventh.PValue:F5}");
    }

    public static void WhatEveryRuleCosts()
    {
        Console.WriteLine("28 looks                       errs  power  E[size]  needs  width");
        foreach (var rule in PeekingRules.Compare(looks: 28, alpha: 0.05, power: 0.8))
        {
            var cost = rule.Efficiency;
            Console.WriteLine($"{rule.Name,-28} {cost.FalsePositiveRate,6:F4}  {cost.Power,5:F3}  {cost.ExpectedFraction,7:F3}  {cost.Inflation,5:F3}  {cost.FinalWidth,5:F3}");
        }
    }

    public static void AProportionWithoutANormalApproximation()
    {
        var interval = BernoulliSequence.Interval(successes: 3, count: 40, alpha: 0.05, a: 1, b: 1);

        Console.WriteLine($"3 of 40: [{interval.Lower:F5}, {interval.Upper:F5}] at every look");
    }

    public static void TwoRareProportions()
    {
        // Planned: 3,000 units an arm at 1 %. Now: 2,000 an arm.
        var sequence = TwoProportionSequence.Planned(baseline: 0.01, controlSize: 3_000, treatmentSize: 3_000, alpha: 0.05);
        var test = sequence.Infer(controlSuccesses: 15, controlCount: 2_000, treatmentSuccesses: 42, treatmentCount: 2_000, alpha: 0.05).Value;
        var lift = sequence.Relative(15, 2_000, 42, 2_000, alpha: 0.05).Value;

        Console.WriteLine($"difference {test.Effect.Value:F4} [{test.Interval.Lower:F5}, {test.Interval.Upper:F5}], ln e = {test.Statistic:F5}, p = {test.PValue:F5}");
        Console.WriteLine($"lift [{lift.Lower:F4}, {lift.Upper:F4}]");
        Console.WriteLine($"power at 1 % against 2 %, one look at the planned sizes: {sequence.Power(0.01, 0.02, 3_000, 3_000, alpha: 0.05):F4}");
    }

    public static void TwoProportionsBlockByBlock()
    {
        var evidence = new TwoSampleSequence()
            .After(controlSuccesses: 1, controlCount: 20, treatmentSuccesses: 4, treatmentCount: 20)
            .After(2, 20, 7, 20)
            .After(0, 20, 5, 20)
            .After(1, 20, 8, 20);

        Console.WriteLine($"ln e = {evidence.LogEvidence:F5}, p = {evidence.PValue:F5}");
    }

    public static void AnExactTTest()
    {
        // 20 units an arm: m = 20 * 20 / 40.
        var radius = AnytimeT.Radius(degreesOfFreedom: 38, precision: 1, effectiveSize: 10, alpha: 0.05);

        Console.WriteLine($"t = 3.1: ln e = {AnytimeT.LogEvidence(t: 3.1, degreesOfFreedom: 38, precision: 1, effectiveSize: 10):F5}; rejects beyond |t| = {radius:F5}");
    }

    public static void ABoundaryThatGrowsSlowest()
    {
        Console.WriteLine($"stitched at v = 100: {StitchedBoundary.Polynomial(time: 100, alpha: 0.025, earliest: 10):F5}");
        Console.WriteLine($"mixture  at v = 100: {NormalMixture.Boundary(time: 100, alpha: 0.05, tuning: NormalMixture.Tuning(optimalTime: 100, alpha: 0.05)):F5}");
    }
}
