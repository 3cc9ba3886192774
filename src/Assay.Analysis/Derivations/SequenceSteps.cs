using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Hypothesis = Assay.Analysis.Readouts.Hypothesis;

namespace Assay.Analysis.Derivations;

/// <summary>The decision that holds at every look.</summary>
internal static class SequenceSteps
{
    /// <param name="before">Steps with the arms and the effect.</param>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="hypothesis">The hypothesis.</param>
    /// <param name="family">Its family.</param>
    public static DerivationPart Decide(IEnumerable<DerivationStep> before, ReadoutInput input, Hypothesis hypothesis, FamilyFacts family)
    {
        var steps = new Steps(before).Tuning(family, hypothesis.Tuning);
        return hypothesis.AnyLook is ExactTest ? Exact(steps, input, hypothesis, family) : Mixture(steps, input, hypothesis, family);
    }

    /// <summary>Planned units, the variance of the effect at them, and the mixture tuned to it.</summary>
    /// <param name="steps">Steps with the moments of the arms.</param>
    /// <param name="pair">Completed units.</param>
    /// <param name="sizes">Planned units of each arm.</param>
    /// <param name="factor">Weight of the control mean, whose symbol is <c>f</c> where it is not 1.</param>
    public static Steps Planned(this Steps steps, Pair pair, ImmutableArray<long> sizes, double factor = 1)
    {
        if (sizes.IsEmpty) return steps;
        steps.Given(Quantity.PlannedUnits, "N_c", sizes[pair.Control.Arm]).Given(Quantity.PlannedUnits, "N_t", sizes[pair.Treatment.Arm]);
        var weight = factor == 1 ? "" : "{f}² × ";
        var planned = PlannedVariance.Of(pair, sizes, factor);
        if (PlannedVariance.Declared(pair.Metric) is { } declared)
        {
            return (pair.Metric.Type == MetricType.Binary
                ? steps.Given(Quantity.Baseline, "p_0", pair.Metric.BaselineValue).Write(Quantity.DeclaredVariance, "σ²", "{p_0} × (1 − {p_0})", declared)
                : steps.Given(Quantity.DeclaredDeviation, "σ", pair.Metric.StdDev).Write(Quantity.DeclaredVariance, "σ²", "{σ}²", declared))
                .Write(Quantity.PlannedVariance, "v", $"{{σ²}} ÷ {{N_t}} + {weight}{{σ²}} ÷ {{N_c}}", planned);
        }

        if (pair.Metric.Type == MetricType.Binary)
        {
            steps.Given(Quantity.SquaredDeviations, "S_c", pair.Control.Moments.SquaredDeviations).Variance(pair.Control, "c")
                .Given(Quantity.SquaredDeviations, "S_t", pair.Treatment.Moments.SquaredDeviations).Variance(pair.Treatment, "t");
        }

        return steps.Write(Quantity.PlannedVariance, "v", $"{{s²_t}} ÷ {{N_t}} + {weight}{{s²_c}} ÷ {{N_c}}", planned);
    }

    private static DerivationPart Mixture(Steps steps, ReadoutInput input, Hypothesis hypothesis, FamilyFacts family)
    {
        var pair = hypothesis.Completed;
        var test = hypothesis.AnyLook;
        steps.Planned(pair, input.Sizes);
        if (test.MixtureVariance is not { } mixture) return steps.As(DerivationKind.Mixture);
        steps.Write(Quantity.MixtureVariance, "τ²", "{v} × (−W(−{a}² ÷ e) − 1)", mixture);
        if (test.At(hypothesis.Level) is not { } inference) return steps.Needed(pair, test).As(DerivationKind.Mixture);
        var relative = test.RelativeAt(hypothesis.Level);
        steps
            .Write(Quantity.LogEvidence, "ln E", "½ × ln({V} ÷ ({V} + {τ²})) + {τ²} × {d}² ÷ (2 × {V} × ({V} + {τ²}))", inference.Statistic)
            .Write(Quantity.PValue, "p", "min(1; exp(−{ln E}))", inference.PValue)
            .Correction(family, hypothesis);
        var width = Statistics.AlwaysValid.Radius(inference.Effect.Variance, hypothesis.Level, mixture);
        return steps
            .Write(Quantity.HalfWidth, "w", "√({V} × ({V} + {τ²}) ÷ {τ²} × (2 × ln(1 ÷ {α_h}) + ln(({V} + {τ²}) ÷ {V})))", width)
            .Write(Quantity.Lower, "L", "{d} − {w}", inference.Interval.Lower)
            .Write(Quantity.Upper, "U", "{d} + {w}", inference.Interval.Upper)
            .Write(Quantity.Multiplier, "q", "{w} ÷ {se}", width / inference.Effect.StandardError)
            .Fieller(relative?.Lower, relative?.Upper)
            .As(DerivationKind.Mixture);
    }

    /// <summary>What it waits for while the normal approximation is not trusted.</summary>
    private static Steps Needed(this Steps steps, Pair pair, AnyLookTest test)
    {
        if (test.UnitsNeeded is not { } needed) return steps;
        var (control, treatment) = (pair.Control.IsNormalEnough ? null : "c", pair.Treatment.IsNormalEnough ? null : "t");
        string[] waiting = [.. ((string?[])[control, treatment]).OfType<string>()];
        var isBinary = pair.Metric.Type == MetricType.Binary;
        if (!isBinary && control is not null) steps.Given(Quantity.Skewness, "G_c", pair.Control.Skewness);
        if (!isBinary && treatment is not null) steps.Given(Quantity.Skewness, "G_t", pair.Treatment.Skewness);
        var needs = waiting.Select(arm => isBinary ? $"100 × {{n_{arm}}} ÷ min({{x_{arm}}}; {{n_{arm}}} − {{x_{arm}}})" : $"100 × max(1; {{G_{arm}}}²)");
        return steps.Write(Quantity.UnitsNeeded, "n_min", needs.Aggregate((one, other) => $"max({one}; {other})"), needed);
    }

    /// <summary>The least evidence over all pairs of shares of one difference has no formula: its ends are told by the equation that they solve.</summary>
    private static DerivationPart Exact(Steps steps, ReadoutInput input, Hypothesis hypothesis, FamilyFacts family)
    {
        var (pair, sizes) = (hypothesis.Completed, input.Sizes);
        steps.Given(Quantity.Baseline, "p_0", pair.Metric.BaselineValue).Given(Quantity.PlannedUnits, "N_c", sizes[pair.Control.Arm]).Given(Quantity.PlannedUnits, "N_t", sizes[pair.Treatment.Arm]);
        if (hypothesis.AnyLook.At(hypothesis.Level) is not { } inference) return steps.As(DerivationKind.ExactSequence);
        var relative = hypothesis.AnyLook.RelativeAt(hypothesis.Level);
        return steps
            .Given(Quantity.LogEvidence, "ln E", inference.Statistic)
            .Write(Quantity.PValue, "p", "min(1; exp(−{ln E}))", inference.PValue)
            .Correction(family, hypothesis)
            .Write(Quantity.Lower, "L", "E({L}) = 1 ÷ {α_h}", inference.Interval.Lower)
            .Write(Quantity.Upper, "U", "E({U}) = 1 ÷ {α_h}", inference.Interval.Upper)
            .Given(Quantity.RelativeLower, "L_r", relative?.Lower)
            .Given(Quantity.RelativeUpper, "U_r", relative?.Upper)
            .As(DerivationKind.ExactSequence);
    }
}
