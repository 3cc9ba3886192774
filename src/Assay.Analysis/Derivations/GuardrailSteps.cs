using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Derivations;

/// <summary>Whether a guardrail is kept: the slack with its bound on one side, and the interval that shows harm.</summary>
internal static class GuardrailSteps
{
    /// <param name="before">Steps with the arms and the effect.</param>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="pair">Completed units.</param>
    public static DerivationPart Judge(IEnumerable<DerivationStep> before, ReadoutInput input, Pair pair)
    {
        var metrics = input.Design.Metrics;
        var said = Readouts.Guardrails.Judge(input, pair);
        var sign = pair.Metric.Direction == Direction.Increase ? 1 : -1;
        var margin = (pair.Metric.NonInferiorityMarginPct ?? 0) / 100;
        var factor = 1 - (sign * margin);
        var harmLevel = metrics.Alpha / (metrics.Guardrails.Length + 1);
        Estimate? contrast = pair.Means.TryGet(out var means) ? NonInferiority.Contrast(means.Control, means.Treatment, margin, sign) : null;
        var steps = new Steps(before)
            .Given(Quantity.Alpha, "α", metrics.Alpha)
            .Given(Quantity.Margin, "M", margin)
            .Given(Quantity.Sign, "s", sign)
            .Write(Quantity.ControlFactor, "f", "1 − {s} × {M}", factor)
            .Write(Quantity.Slack, "g", "{s} × ({m_t} − {f} × {m_c})", said.Slack)
            .Write(Quantity.SlackVariance, "V_g", "{V_t} + {f}² × {V_c}", contrast?.Variance);
        if (said.Status != InferenceStatus.Ok) return steps.As(DerivationKind.Guardrail);
        steps.Planned(pair, input.Sizes, factor);
        if (said.SlackLower is { } lower && contrast is { } known && PlannedVariance.Mixture(pair, input.Sizes, 2 * metrics.Alpha, factor) is { } mixture)
        {
            steps
                .Write(Quantity.MixtureVariance, "τ²", "{v} × (−W(−(2 × {α})² ÷ e) − 1)", mixture)
                .Write(
                    Quantity.HalfWidth, "w", "ln(2) + ½ × ln({V_g} ÷ ({V_g} + {τ²})) + {τ²} × {w}² ÷ (2 × {V_g} × ({V_g} + {τ²})) + ln(Φ({w} × √({τ²} ÷ ({V_g} × ({V_g} + {τ²}))))) = ln(1 ÷ {α})",
                    AlwaysValidBound.Radius(known.Variance, metrics.Alpha, mixture))
                .Write(Quantity.SlackLower, "L_g", "{g} − {w}", lower);
        }

        if (PlannedVariance.Mixture(pair, input.Sizes, harmLevel) is { } harm) Harm(steps, pair, input, harmLevel, harm, said);
        return steps.As(DerivationKind.Guardrail);
    }

    private static void Harm(Steps steps, Pair pair, ReadoutInput input, double level, double mixture, NonInferiorityReadout said)
    {
        var formula = PlannedVariance.Declared(pair.Metric) is null ? "{s²_t} ÷ {N_t} + {s²_c} ÷ {N_c}" : "{σ²} ÷ {N_t} + {σ²} ÷ {N_c}";
        steps
            .Given(Quantity.Guardrails, "G", input.Design.Metrics.Guardrails.Length)
            .Write(Quantity.HarmLevel, "α_G", "{α} ÷ ({G} + 1)", level)
            .Write(Quantity.PlannedVariance, "v_d", formula, PlannedVariance.Of(pair, input.Sizes))
            .Write(Quantity.MixtureVariance, "τ²_d", "{v_d} × (−W(−{α_G}² ÷ e) − 1)", mixture)
            .Write(Quantity.Lower, "L", "{d} − √({V} × ({V} + {τ²_d}) ÷ {τ²_d} × (2 × ln(1 ÷ {α_G}) + ln(({V} + {τ²_d}) ÷ {V})))", said.HarmCiLower)
            .Write(Quantity.Upper, "U", "{d} + √({V} × ({V} + {τ²_d}) ÷ {τ²_d} × (2 × ln(1 ÷ {α_G}) + ln(({V} + {τ²_d}) ÷ {V})))", said.HarmCiUpper);
    }
}
