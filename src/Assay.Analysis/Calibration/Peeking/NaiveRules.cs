using System.Collections.Immutable;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>What is done elsewhere: each must be seen to err.</summary>
internal static class NaiveRules
{
    private const double Alpha = Schedule.Alpha;

    /// <summary>A fixed test, read at every look.</summary>
    public static SequentialRule FixedTest { get; } = Flat("fixed-test", "fixed z at every look", Normal.TwoSidedCritical(Alpha));

    /// <summary>"Ship when P(better) &gt; 95 %", either way, under a flat prior.</summary>
    public static SequentialRule FlatPrior { get; } = new(
        "flat-prior",
        "flat prior, stop at P > 95 %",
        schedule => [.. schedule.Fractions.Select(_ => Normal.InverseSurvival(Alpha))],
        _ => (in Sight sight, int _) => Bayes.Means(sight.Effect, Alpha).Value is var belief
            && Math.Max(belief.ProbabilityTreatmentBeatsControl, belief.ProbabilityControlBeatsTreatment) > 1 - Alpha)
    { IsNaive = true };

    /// <summary>A "sequential" test whose mixture follows the current variance: the bound on |z| is the same at all looks, which no bound may be for ever.</summary>
    public static SequentialRule FlatMixture { get; } = new(
        "flat-mixture",
        "mixture that follows the current variance",
        schedule => [.. schedule.Fractions.Select(_ => AlwaysValid.Radius(1, Alpha, AlwaysValid.MixtureVariance(1, Alpha)))],
        _ => (in Sight sight, int _) => AlwaysValid.Infer(sight.Effect, Alpha, AlwaysValid.MixtureVariance(sight.Effect.Variance, Alpha)).Value.PValue <= Alpha)
    { IsNaive = true };

    public static ImmutableArray<SequentialRule> All { get; } = [FixedTest, FlatMixture, FlatPrior];

    private static SequentialRule Flat(string key, string title, double z) => SequentialRule.Of(key, title, schedule => [.. schedule.Fractions.Select(_ => z)]) with { IsNaive = true };
}
