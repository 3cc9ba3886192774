using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>Confidence sequences of counts, at many looks together, where the truth is an effect.</summary>
internal static class SequenceIntervalStudies
{
    private const double Alpha = 0.05;
    private const int Looks = 100;
    private const int Batch = 50;
    private const double Control = 0.05;
    private const double Treatment = 0.08;

    private static TwoProportionSequence Sequence { get; } = TwoProportionSequence.Planned(Control, Looks * Batch, Looks * Batch, Alpha);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "stopping/sequences",
            "Exact sequences at 100 looks together",
            "Conversions of 5 % and 8 % in arms of 5,000; what is asked is whether any interval misses.",
            2_000,
            400,
            Counts,
            Ask("share", "Beta mixture of a rate", Miss((seen, count) => Holds(BernoulliSequence.Interval(seen.Control, count, Alpha, 1, 1), Control))),
            Ask("share-tuned", "Beta mixture of a rate, tuned to the end", Miss((seen, count) => Holds(BernoulliSequence.TunedInterval(seen.Control, count, Alpha, Looks * Batch, Alpha), Control))),
            Ask("split", "sequence of the split, planned 50/50 and true", Miss((seen, count) => Holds(SplitInterval.Of(seen.First, (2 * count) - seen.First, 0.5, Alpha, 100), 0.5)))),
        Simulation.Of(
            "stopping/two-proportions",
            "The exact sequence of two proportions at ten looks together",
            "The same counts, read after every 500 units an arm.",
            2_000,
            200,
            Counts,
            Ask("difference", "interval of the difference", seen => EveryTenth(seen).Any(look => !Holds(Sequence.Infer(look.Control, look.Count, look.Treatment, look.Count, Alpha).Value.Interval, Treatment - Control))),
            Ask("lift", "interval of the lift", seen => EveryTenth(seen).Any(look => !Holds(Sequence.Relative(look.Control, look.Count, look.Treatment, look.Count, Alpha).Value, (Treatment / Control) - 1)))),
    ];

    private static Question<(long Control, long Treatment, long First)[]> Ask(string name, string procedure, Func<(long Control, long Treatment, long First)[], bool> misses) =>
        new(name, procedure, new Claim.AtMost(Alpha), "nominal, not asymptotic", misses);

    private static Func<(long Control, long Treatment, long First)[], bool> Miss(Func<(long Control, long Treatment, long First), long, bool> holds) =>
        seen => seen.Where((counts, k) => !holds(counts, (k + 1L) * Batch)).Any();

    private static IEnumerable<(long Control, long Treatment, long Count)> EveryTenth((long Control, long Treatment, long First)[] seen)
    {
        for (var k = 9; k < Looks; k += 10) yield return (seen[k].Control, seen[k].Treatment, (k + 1L) * Batch);
    }

    /// <summary>Conversions of both arms, and how many of as many other units fell to the first of two arms, after each look.</summary>
    private static (long Control, long Treatment, long First)[] Counts(Draws draws)
    {
        var counts = new (long Control, long Treatment, long First)[Looks];
        long control = 0, treatment = 0, first = 0;
        for (var k = 0; k < Looks; k++)
        {
            control += draws.Binomial(Batch, Control);
            treatment += draws.Binomial(Batch, Treatment);
            first += draws.Binomial(2 * Batch, 0.5);
            counts[k] = (control, treatment, first);
        }

        return counts;
    }

    private static bool Holds(Interval interval, double truth) => interval.Lower <= truth && truth <= interval.Upper;
}
