using Hypothesis = Assay.Analysis.Readouts.Hypothesis;

namespace Assay.Analysis.Derivations;

/// <summary>What a family makes of the p-value and the level of one of its members.</summary>
internal static class FamilySteps
{
    /// <summary>α, the size of the family and the level that sequences are tuned to.</summary>
    public static Steps Tuning(this Steps steps, FamilyFacts family, double tuning) => steps
        .Given(Quantity.Alpha, "α", family.Alpha)
        .Given(Quantity.FamilySize, "k", family.Size)
        .Write(Quantity.TuningLevel, "a", "{α} ÷ {k}", tuning);

    /// <summary>The adjusted p-value and the level of the interval, after <c>p</c>.</summary>
    public static Steps Correction(this Steps steps, FamilyFacts family, Hypothesis hypothesis)
    {
        if (hypothesis.PValue is not { } p) return steps;
        if (family.Members.Length == 0 || hypothesis.Adjusted is null)
            return steps.Write(Quantity.AdjustedPValue, "p_adj", "{p}", hypothesis.Adjusted ?? p).Write(Quantity.Level, "α_h", "{α}", hypothesis.Level);
        if (family.IsBonferroni)
            return steps.Write(Quantity.AdjustedPValue, "p_adj", "min(1; {k} × {p})", hypothesis.Adjusted ?? p).Write(Quantity.Level, "α_h", "{α} ÷ {k}", hypothesis.Level);

        // Equal p-values are adjusted alike, by the first of them.
        var rank = Array.FindIndex(family.Members, member => member >= p) + 1;
        var before = 0.0;
        for (var i = 0; i < rank - 1; i++) before = Math.Max(before, Math.Min(1, (family.Size - i) * family.Members[i]));
        return steps
            .Given(Quantity.Rank, "i", rank)
            .Given(Quantity.AdjustedBefore, "p_before", before)
            .Write(Quantity.AdjustedPValue, "p_adj", "max({p_before}; min(1; ({k} − {i} + 1) × {p}))", hypothesis.Adjusted ?? p)
            .Given(Quantity.HolmStep, "j", family.Size - Math.Round(family.Alpha / hypothesis.Level))
            .Write(Quantity.Level, "α_h", "{α} ÷ ({k} − {j})", hypothesis.Level);
    }
}
