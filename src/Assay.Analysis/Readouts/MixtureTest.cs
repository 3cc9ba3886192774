using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The normal mixture test of two arms on matured units, with its mixture fixed.</summary>
internal sealed record MixtureTest(InferenceStatus Status, Estimate Control, Estimate Treatment, double? Mixture, double? Needed = null) : AnyLookTest(AlwaysValidMethod.NormalMixture, Status)
{
    public override double? UnitsNeeded => Needed;

    public override double? MixtureVariance => Mixture;

    private Estimate Difference => Effect.Absolute(Control, Treatment);

    /// <summary>The test of a pair.</summary>
    /// <param name="pair">Completed units.</param>
    /// <param name="sizes">Planned units of each arm.</param>
    /// <param name="tuning">The level that the mixture is sharpest at, known before data; p-values and intervals of any level then belong together.</param>
    public static MixtureTest Of(Pair pair, ImmutableArray<long> sizes, double tuning)
    {
        var mixture = PlannedVariance.Mixture(pair, sizes, tuning);
        if (mixture is null || !pair.Means.TryGet(out var means) || !PlannedVariance.IsSound(means.Control.Variance + means.Treatment.Variance))
            return new MixtureTest(InferenceStatus.InsufficientData, default, default, mixture);
        return pair.Control.IsNormalEnough && pair.Treatment.IsNormalEnough
            ? new MixtureTest(InferenceStatus.Ok, means.Control, means.Treatment, mixture)
            : new MixtureTest(InferenceStatus.TooEarly, means.Control, means.Treatment, mixture, NeededBy(pair));
    }

    /// <summary>What the arm needs that is not ready, or of two the one that needs more; null where one that is not ready does not tell.</summary>
    private static double? NeededBy(Pair pair)
    {
        var waiting = ((ReadOnlySpan<ArmUnits>)[pair.Control, pair.Treatment]).ToArray().Where(arm => !arm.IsNormalEnough).Select(arm => arm.UnitsNeeded).ToList();
        return waiting.Contains(null) ? null : waiting.Max();
    }

    public override Inference? At(double alpha) =>
        Status == InferenceStatus.Ok && AlwaysValid.Infer(Difference, alpha, Mixture!.Value).TryGet(out var inference) ? inference : null;

    /// <summary>Fieller's set with the multiplier of the difference, so that it excludes 0 when the interval does.</summary>
    /// <remarks>
    /// For the true R the contrast m_t − R·m_c has variance V_R = V_t + R²V_c, and the multiplier of the difference is the boundary of a mixture of variance τ²·V_R/V:
    /// both variances shrink alike, so that ratio is a constant and the set holds at every look as the interval does.
    /// </remarks>
    public override Interval? RelativeAt(double alpha)
    {
        if (Status != InferenceStatus.Ok) return null;
        var multiplier = AlwaysValid.Radius(Difference.Variance, alpha, Mixture!.Value) / Difference.StandardError;
        return Effect.RelativeFiellerAt(Control, Treatment, multiplier).TryGet(out var interval) ? interval : null;
    }
}
