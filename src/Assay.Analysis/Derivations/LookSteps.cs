using Assay.Analysis.Readouts;

namespace Assay.Analysis.Derivations;

/// <summary>The last recorded look, or the one that crossed, and what it says.</summary>
internal static class LookSteps
{
    public static DerivationPart Decide(ReadoutInput input, Hypothesis hypothesis, FamilyFacts family)
    {
        var steps = new Steps().Tuning(family, hypothesis.Tuning);
        var looks = LookInference.Recorded(input, hypothesis.Completed.Metric, hypothesis.Treatment);
        if (looks.IsEmpty || hypothesis.AtLooks is not { } said) return steps.As(DerivationKind.Look);
        var look = looks.FirstOrDefault(taken => taken.Crossed) ?? looks[^1];
        var isOver = look.Crossed || look.Look >= input.Design.Constraints.NLooks;
        steps.Given(Quantity.Look, "l", look.Look).Given(Quantity.InformationFraction, "f", look.InformationFraction);
        if (look is { Control: { } control, Treatment: { } treatment })
        {
            steps
                .Arm(control, "c").Arm(treatment, "t")
                .Write(Quantity.Effect, "d", "{m_t} − {m_c}", treatment.Mean - control.Mean)
                .Write(Quantity.StandardError, "se", "√({se_c}² + {se_t}²)", said.EstimateError)
                .Write(Quantity.Statistic, "z", "{d} ÷ {se}", look.Z);
        }
        else
        {
            steps.Given(Quantity.Statistic, "z", look.Z).Given(Quantity.StandardError, "se", said.EstimateError).Write(Quantity.Effect, "d", "{z} × {se}", look.Z * said.EstimateError);
        }

        steps.Given(Quantity.Bound, "q", look.BoundaryZ).Given(Quantity.PValue, "p", said.PValue).Correction(family, hypothesis);
        if (isOver)
        {
            steps.Given(Quantity.FinalEffect, "d_f", said.Estimate).Given(Quantity.Lower, "L", said.Interval?.Lower).Given(Quantity.Upper, "U", said.Interval?.Upper);
        }
        else
        {
            steps.Write(Quantity.Lower, "L", "{d} − {q} × {se}", said.Interval?.Lower).Write(Quantity.Upper, "U", "{d} + {q} × {se}", said.Interval?.Upper);
        }

        return (look.Control is null ? steps : steps.Fieller(said.Relative?.Lower, said.Relative?.Upper)).As(DerivationKind.Look);
    }

    private static Steps Arm(this Steps steps, LookArm arm, string name) => steps
        .Given(Quantity.Units, $"n_{name}", arm.Units)
        .Given(Quantity.Mean, $"m_{name}", arm.Mean)
        .Given(Quantity.MeanError, $"se_{name}", arm.StandardError)
        .Write(Quantity.MeanVariance, $"V_{name}", $"{{se_{name}}}²", arm.StandardError * arm.StandardError);
}
