using System.Collections.Immutable;
using Assay.Analysis.Wording;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Exposed units against the split.</summary>
internal static class SampleRatios
{
    /// <summary>The sequential p-value at which units no longer fit the split (DESIGN §7).</summary>
    public const double Alarm = 0.001;

    private const double Least = 1e-150;

    private static readonly Texts Text = Texts.Of(typeof(SampleRatios));

    public static SampleRatioReadout Judge(ImmutableArray<long> counts, ImmutableArray<double> split)
    {
        var weights = Weights(split);
        if (weights.Count(weight => weight > 0) < 2 || !SampleRatio.ChiSquare(counts.AsSpan(), weights.AsSpan()).TryGet(out var test))
            return Write(SampleRatioStatus.InsufficientData, null, null, false, counts, [.. counts.Select(_ => 0.0)], Text.Get("Empty"));
        var sequential = SampleRatio.SequentialPValue(counts.AsSpan(), weights.AsSpan());
        var isMismatch = sequential <= Alarm;
        var status = isMismatch || test.UnitsInZeroWeightArm ? SampleRatioStatus.Alarm : SampleRatioStatus.Ok;
        var verdict = status == SampleRatioStatus.Ok && IsBlind(counts, weights) ? TooFew(counts.Sum()) : Verdict(isMismatch, test.UnitsInZeroWeightArm, sequential);
        return Write(status, test, sequential, isMismatch, counts, test.Expected, verdict);
    }

    /// <summary>The split relative to a power of two near its largest weight, which is exact; a share that no count of units will ever show is a share of 0.</summary>
    public static ImmutableArray<double> Weights(ImmutableArray<double> split)
    {
        var unit = Math.ScaleB(1, Math.ILogB(split.Max()));
        return [.. split.Select(weight => weight / unit < Least ? 0 : weight / unit)];
    }

    /// <summary>Whether so few units could raise no alarm however they fell. The evidence is convex in the counts, so that all units in one arm is the most there can be.</summary>
    private static bool IsBlind(ImmutableArray<long> counts, ImmutableArray<double> weights)
    {
        var units = counts.Sum();
        return !Enumerable.Range(0, weights.Length).Where(arm => weights[arm] > 0).Any(arm =>
        {
            var worst = new long[counts.Length];
            worst[arm] = units;
            return SampleRatio.SequentialPValue(worst, weights.AsSpan()) <= Alarm;
        });
    }

    private static string TooFew(long units) => Text.Format(nameof(TooFew), Numerals.Count(units));

    private static string Verdict(bool isMismatch, bool isStray, double sequential) => (isMismatch, isStray) switch
    {
        (true, true) => Text.Format("Verdict.mismatch_and_stray", Numerals.Digits(sequential, 3)),
        (true, false) => Text.Format("Verdict.mismatch", Numerals.Digits(sequential, 3)),
        (false, true) => Text.Get("Verdict.stray"),
        _ => Text.Format("Verdict.sound", Numerals.Digits(sequential, 3)),
    };

    private static SampleRatioReadout Write(
        SampleRatioStatus status, SampleRatioTest? test, double? sequential, bool isMismatch, ImmutableArray<long> counts, ImmutableArray<double> expected, string verdict) => new()
        {
            Status = status,
            ChiSquare = test?.ChiSquare,
            PValue = test?.PValue,
            SequentialPValue = sequential,
            IsSrm = isMismatch,
            ObservedCounts = counts,
            ExpectedCounts = expected,
            Verdict = verdict,
        };
}
