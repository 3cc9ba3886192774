using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The declared method's decision as the readout writes it.</summary>
internal static class Decisions
{
    public static DecisionReadout Write(
        AnalysisMethod method, Validity validity, InferenceStatus status, double? pValue, Hypothesis hypothesis, double? estimate, double? standardError, Interval? interval, Interval? relative, double alpha) => new()
        {
            Method = method,
            Validity = validity,
            Status = status,
            Estimate = interval is null ? null : estimate,
            StandardError = interval is null ? null : Number.Finite(standardError),
            EstimateRelative = interval is null ? null : Pair.Relative(estimate, (hypothesis.Planned ?? hypothesis.Completed).Control.Moments.Mean),
            Level = hypothesis.Level,
            PValue = pValue,
            PValueAdjusted = pValue is null ? null : hypothesis.Adjusted ?? pValue,
            CiLower = Number.Finite(interval?.Lower),
            CiUpper = Number.Finite(interval?.Upper),
            CiRelativeLower = Number.Finite(relative?.Lower),
            CiRelativeUpper = Number.Finite(relative?.Upper),
            IsSignificant = hypothesis.IsDecidable && pValue is not null && (hypothesis.Adjusted ?? pValue) <= alpha,
        };

    /// <summary>The sequence on completed units, at the level of the hypothesis' Holm rank.</summary>
    public static DecisionReadout AnyLook(Hypothesis hypothesis, AnyLookTest test, Inference? inference, double alpha)
    {
        var written = Write(
            AnalysisMethod.AlwaysValid, Validity.AnyLook, test.Status, inference?.PValue, hypothesis, inference?.Effect.Value, inference?.Effect.StandardError, inference?.Interval, test.RelativeAt(hypothesis.Level), alpha);
        return written with { UnitsNeeded = Number.Finite(test.UnitsNeeded) };
    }

    /// <summary>The fixed test on the planned units, nothing of which is shown while they are not all there.</summary>
    public static DecisionReadout Fixed(Hypothesis hypothesis, double? pValue, double alpha)
    {
        const AnalysisMethod Method = AnalysisMethod.FixedHorizon;
        if (hypothesis.Planned is not { } pair) return Write(Method, Validity.AtPlannedSize, InferenceStatus.Locked, null, hypothesis, null, null, null, null, alpha);
        if (!pair.Test(hypothesis.Level).TryGet(out var test))
            return Write(Method, Validity.AtPlannedSize, InferenceStatus.InsufficientData, null, hypothesis, null, null, null, null, alpha);
        var relative = pair.Means.SelectMany(means => Effect.RelativeFieller(means.Control, means.Treatment, hypothesis.Level));
        return Write(Method, Validity.AtPlannedSize, InferenceStatus.Ok, pValue, hypothesis, test.Effect.Value, test.Effect.StandardError, test.Interval, relative.IsDetermined ? relative.Value : null, alpha);
    }

    /// <summary>The posterior of completed units: a credible interval and no p-value.</summary>
    public static DecisionReadout Posterior(Hypothesis hypothesis, double alpha)
    {
        var posterior = hypothesis.Completed.Posterior(alpha);
        var status = posterior.IsDetermined ? InferenceStatus.Ok : InferenceStatus.InsufficientData;
        Interval? credible = posterior.TryGet(out var comparison) ? comparison.Credible : null;
        return Write(AnalysisMethod.Bayesian, Validity.ReferenceOnly, status, null, hypothesis, hypothesis.Completed.Difference, null, credible, null, alpha) with { Level = alpha };
    }

    /// <summary>A group-sequential decision is a recorded look; until one is recorded it is locked.</summary>
    public static DecisionReadout AtLooks(Hypothesis hypothesis, LookInference? looks, double alpha)
    {
        const AnalysisMethod Method = AnalysisMethod.GroupSequential;
        if (looks is null) return Write(Method, Validity.AtRecordedLook, InferenceStatus.Locked, null, hypothesis, null, null, null, null, alpha);
        return Write(Method, Validity.AtRecordedLook, InferenceStatus.Ok, looks.PValue, hypothesis, looks.Estimate, looks.EstimateError, looks.Interval, looks.Relative, alpha) with
        {
            // Of the control as the look saw it: units that complete later move nothing of what it says.
            EstimateRelative = looks.Interval is null ? null : Pair.Relative(looks.Estimate, looks.ControlMean ?? hypothesis.Completed.Control.Moments.Mean),
            IsSignificant = hypothesis.IsDecidable && looks.Crossed,
        };
    }
}
