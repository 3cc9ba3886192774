using System.Collections.Immutable;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Derivations;

/// <summary>Exposed units against the split: χ² for reference, and the sequential test.</summary>
internal static class SampleRatioSteps
{
    /// <summary>Of the prior that the sequential test is fixed with.</summary>
    private const double Concentration = 10_000;

    public static ImmutableArray<DerivationStep> Of(ImmutableArray<long> counts, ImmutableArray<double> split)
    {
        var weights = SampleRatios.Weights(split);
        int[] arms = [.. Enumerable.Range(0, counts.Length).Where(arm => weights[arm] > 0)];
        var steps = new Steps();
        if (arms.Length < 2 || !SampleRatio.ChiSquare(counts.AsSpan(), weights.AsSpan()).TryGet(out var test)) return steps.All;
        var total = weights.Sum();
        foreach (var arm in arms) steps.Given(Quantity.Units, $"n_{arm}", counts[arm]).Given(Quantity.Share, $"θ_{arm}", weights[arm] / total);
        steps.Write(Quantity.TotalUnits, "N", Sum(arm => $"{{n_{arm}}}"), arms.Sum(arm => (double)counts[arm]));
        foreach (var arm in arms) steps.Write(Quantity.ExpectedUnits, $"E_{arm}", $"{{N}} × {{θ_{arm}}}", test.Expected[arm]);
        return steps
            .Write(Quantity.ChiSquare, "χ²", Sum(arm => $"({{n_{arm}}} − {{E_{arm}}})² ÷ {{E_{arm}}}"), test.ChiSquare)
            .Given(Quantity.DegreesOfFreedom, "ν", test.DegreesOfFreedom)
            .Write(Quantity.PValue, "p_χ", "X({χ²}; {ν})", test.PValue)
            .Given(Quantity.Concentration, "A", Concentration)
            .Write(
                Quantity.LogEvidence, "ln E",
                "lnΓ({A}) − lnΓ({A} + {N}) + " + Sum(arm => $"lnΓ({{A}} × {{θ_{arm}}} + {{n_{arm}}}) − lnΓ({{A}} × {{θ_{arm}}}) − {{n_{arm}}} × ln({{θ_{arm}}})"),
                SampleRatio.SequentialLogEvidence(counts.AsSpan(), weights.AsSpan(), Concentration))
            .Write(Quantity.PValue, "p", "min(1; exp(−{ln E}))", SampleRatio.SequentialPValue(counts.AsSpan(), weights.AsSpan(), Concentration))
            .Given(Quantity.AlarmLevel, "α_S", SampleRatios.Alarm)
            .All;

        string Sum(Func<int, string> write) => string.Join(" + ", arms.Select(write));
    }
}
