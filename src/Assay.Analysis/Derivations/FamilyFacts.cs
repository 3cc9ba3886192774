using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Derivations;

/// <summary>What a hypothesis' family makes of its p-value and level.</summary>
/// <param name="Alpha">Two-sided error rate of the family.</param>
/// <param name="Members">p-values of those that are corrected together, one that cannot be read yet counting as 1; empty for a guardrail, which stands alone.</param>
/// <param name="Size">How many the correction counts.</param>
/// <param name="IsBonferroni">At recorded looks each has its even share; otherwise Holm's procedure.</param>
internal sealed record FamilyFacts(double Alpha, double[] Members, int Size, bool IsBonferroni)
{
    public static FamilyFacts Of(ReadoutInput input, Family family)
    {
        var members = family.Hypotheses.Where(hypothesis => input.Design.Setup.TrafficSplit[hypothesis.Treatment] > 0).Select(hypothesis => hypothesis.PValue ?? 1).Order().ToArray();
        return new(input.Design.Metrics.Alpha, family.IsCorrected ? members : [], family.IsCorrected ? Math.Max(1, members.Length) : 1, family.Method == AnalysisMethod.GroupSequential);
    }
}
