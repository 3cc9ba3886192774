using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Whether a treatment keeps a guardrail: shown safe, shown harmed, or unknown.</summary>
internal static class Guardrails
{
    public static NonInferiorityReadout Judge(ReadoutInput input, Pair pair)
    {
        var (alpha, harmAlpha) = (input.Design.Metrics.Alpha, input.Design.Metrics.Alpha / (input.Design.Metrics.Guardrails.Length + 1));
        var sign = pair.Metric.Direction == Direction.Increase ? 1 : -1;
        var margin = (pair.Metric.NonInferiorityMarginPct ?? 0) / 100;
        double? slack = pair.Means.TryGet(out var means) ? sign * NonInferiority.Contrast(means.Control, means.Treatment, margin, sign).Value : null;
        var (status, lower, harm) = input.Final ? Fixed(pair, margin, sign, alpha, harmAlpha) : AnyLook(pair, input.Sizes, margin, sign, alpha, harmAlpha);
        var state = lower > 0 ? GuardrailState.Safe
            : harm is { } interval && (sign > 0 ? interval.Upper < 0 : interval.Lower > 0) ? GuardrailState.Harm
            : GuardrailState.Unknown;
        return new NonInferiorityReadout
        {
            TreatmentIndex = pair.Treatment.Arm,
            State = state,
            Validity = input.Final ? Validity.AtPlannedSize : Validity.AnyLook,
            Status = status,
            Slack = slack,
            SlackLower = lower,
            HarmCiLower = harm?.Lower,
            HarmCiUpper = harm?.Upper,
        };
    }

    /// <summary>The worst of the members: harm, then unknown.</summary>
    public static GuardrailState Worst(IEnumerable<GuardrailState> states)
    {
        var worst = GuardrailState.Safe;
        foreach (var state in states)
        {
            if (state == GuardrailState.Harm) return state;
            if (state == GuardrailState.Unknown) worst = state;
        }

        return worst;
    }

    private static (InferenceStatus Status, double? Lower, Interval? Harm) AnyLook(
        Pair pair, ImmutableArray<long> sizes, double margin, int sign, double alpha, double harmAlpha)
    {
        var harm = MixtureTest.Of(pair, sizes, harmAlpha);
        if (harm.Status != InferenceStatus.Ok) return (harm.Status, null, null);
        var contrast = NonInferiority.Contrast(harm.Control, harm.Treatment, margin, sign);
        // A bound on one side at α is sharpest where an interval at 2α is.
        var mixture = PlannedVariance.Mixture(pair, sizes, 2 * alpha, 1 - (sign * margin));
        double? lower = mixture is { } tuned && PlannedVariance.IsSound(contrast.Variance) ? Number.Finite((sign * contrast.Value) - AlwaysValidBound.Radius(contrast.Variance, alpha, tuned)) : null;
        return (InferenceStatus.Ok, lower, harm.At(harmAlpha)?.Interval);
    }

    private static (InferenceStatus Status, double? Lower, Interval? Harm) Fixed(Pair pair, double margin, int sign, double alpha, double harmAlpha)
    {
        if (!pair.Means.TryGet(out var means) || !pair.Test(harmAlpha).TryGet(out var harm)) return (InferenceStatus.InsufficientData, null, null);
        var contrast = FixedHorizon.Infer(NonInferiority.Contrast(means.Control, means.Treatment, margin, sign), 2 * alpha);
        double? lower = contrast.TryGet(out var test) ? (sign > 0 ? test.Interval.Lower : -test.Interval.Upper) : null;
        return (InferenceStatus.Ok, lower, harm.Interval);
    }
}
