using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Hypothesis = Assay.Analysis.Readouts.Hypothesis;

namespace Assay.Analysis.Derivations;

/// <summary>Puts a derivation together, from the same hypotheses that the readout is written from.</summary>
internal static class Deriving
{
    public static Derivation Derive(ReadoutInput input, Metric metric)
    {
        var metrics = input.Design.Metrics;
        var units = ExperimentUnits.Sum(input.Design, input.Measured, Populations.Microseconds(input.AsOf));
        var family = Family.Of(input, [.. Family.MembersOf(metrics, metric).Select(member => units[member])]);
        var facts = FamilyFacts.Of(input, family);
        var comparisons = family.Hypotheses.Where(hypothesis => hypothesis.Completed.Metric == metric)
            .Select(hypothesis => new DerivedComparison(hypothesis.Treatment, hypothesis.ToReadout(), Parts(input, hypothesis, facts)));
        return new Derivation(metric, input.AsOf, input.Measured.Watermark, [.. comparisons], SampleRatioSteps.Of([.. units[metrics.Primary].Running.Select(arm => arm.Count)], input.Design.Setup.TrafficSplit));
    }

    private static ImmutableArray<DerivationPart> Parts(ReadoutInput input, Hypothesis hypothesis, FamilyFacts family)
    {
        var (pair, alpha) = (hypothesis.Completed, input.Design.Metrics.Alpha);
        var arms = new Steps().Arms(pair).As(DerivationKind.Completed);
        var parts = ImmutableArray.CreateBuilder<DerivationPart>();
        parts.Add(arms);
        if (pair.Difference is not null)
        {
            var effect = new Steps(arms.Steps).Effect(pair).As(DerivationKind.Effect);
            var known = arms.Steps.AddRange(effect.Steps);
            parts.Add(effect);
            parts.Add(Decide(input, hypothesis, family, known));
            if (input.Design.Metrics.Guardrails.Contains(pair.Metric)) parts.Add(GuardrailSteps.Judge(known, input, pair));
        }

        if (AdjustmentSteps.Of(input, pair) is { } adjusted) parts.Add(adjusted);
        parts.Add(TestSteps.Of(hypothesis.Running, alpha, steps => steps.Given(Quantity.Level, "α_h", alpha)).As(DerivationKind.Reference));
        return parts.ToImmutable();
    }

    private static DerivationPart Decide(ReadoutInput input, Hypothesis hypothesis, FamilyFacts family, ImmutableArray<DerivationStep> known) => hypothesis.Method switch
    {
        AnalysisMethod.AlwaysValid => SequenceSteps.Decide(known, input, hypothesis, family),
        AnalysisMethod.GroupSequential => LookSteps.Decide(input, hypothesis, family),
        AnalysisMethod.Bayesian => PosteriorSteps.Of(known, hypothesis.Completed, input.Design.Metrics.Alpha),
        _ when hypothesis.Planned is { } planned => TestSteps.Of(planned, hypothesis.Level, steps => steps.Tuning(family, hypothesis.Tuning).Correction(family, hypothesis)).As(DerivationKind.PlannedTest),
        _ => new DerivationPart(DerivationKind.PlannedTest, []),
    };
}
