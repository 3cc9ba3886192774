using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The declared method's decision as the readout writes it.</summary>
internal static class Decisions
{
    public static DecisionReadout Write(
        AnalysisMethod method, Validity validity, InferenceStatus status, double? pValue, Hypothesis hypothesis, Interval? interval, Interval? relative, double alpha) => new()
        {
            Method = method,
            Validity = validity,
            Status = status,
            PValue = pValue,
            PValueAdjusted = pValue is null ? null : hypothesis.Adjusted ?? pValue,
            CiLower = Number.Finite(interval?.Lower),
            CiUpper = Number.Finite(interval?.Upper),
            CiRelativeLower = Number.Finite(relative?.Lower),
            CiRelativeUpper = Number.Finite(relative?.Upper),
            IsSignificant = hypothesis.IsDecidable && pValue is not null && (hypothesis.Adjusted ?? pValue) <= alpha,
        };

    /// <summary>The fixed test on the planned units, nothing of which is shown while they are not all there.</summary>
    public static DecisionReadout Fixed(Hypothesis hypothesis, double? pValue, double alpha)
    {
        const AnalysisMethod Method = AnalysisMethod.FixedHorizon;
        if (hypothesis.Planned is not { } pair) return Write(Method, Validity.AtPlannedSize, InferenceStatus.Locked, null, hypothesis, null, null, alpha);
        if (!pair.Test(hypothesis.Level).TryGet(out var test))
            return Write(Method, Validity.AtPlannedSize, InferenceStatus.InsufficientData, null, hypothesis, null, null, alpha);
        var relative = pair.Means.SelectMany(means => Effect.RelativeFieller(means.Control, means.Treatment, hypothesis.Level));
        return Write(Method, Validity.AtPlannedSize, InferenceStatus.Ok, pValue, hypothesis, test.Interval, relative.IsDetermined ? relative.Value : null, alpha);
    }

    /// <summary>The posterior of completed units: a credible interval and no p-value.</summary>
    public static DecisionReadout Posterior(Hypothesis hypothesis, double alpha)
    {
        var posterior = hypothesis.Completed.Posterior(alpha);
        var status = posterior.IsDetermined ? InferenceStatus.Ok : InferenceStatus.InsufficientData;
        Interval? credible = posterior.TryGet(out var comparison) ? comparison.Credible : null;
        return Write(AnalysisMethod.Bayesian, Validity.ReferenceOnly, status, null, hypothesis, credible, null, alpha);
    }

    /// <summary>A group-sequential decision is a recorded look; until one is recorded it is locked.</summary>
    public static DecisionReadout AtLooks(Hypothesis hypothesis, ImmutableArray<LookReadout> looks)
    {
        var own = looks.Where(look => look.TreatmentIndex == hypothesis.Treatment && string.Equals(look.Metric, hypothesis.Completed.Metric.Name, StringComparison.Ordinal)).ToList();
        return new DecisionReadout
        {
            Method = AnalysisMethod.GroupSequential,
            Validity = Validity.AtRecordedLook,
            Status = own.Count == 0 ? InferenceStatus.Locked : InferenceStatus.Ok,
            PValue = null,
            PValueAdjusted = null,
            CiLower = null,
            CiUpper = null,
            CiRelativeLower = null,
            CiRelativeUpper = null,
            IsSignificant = hypothesis.IsDecidable && own.Exists(look => look.Crossed),
        };
    }
}
