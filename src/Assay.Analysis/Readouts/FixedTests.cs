using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Fixed-horizon tests and posteriors as the readout writes them.</summary>
internal static class FixedTests
{
    public static FixedAnalysis Analyse(Pair pair, double alpha)
    {
        var method = pair.Metric.Type == MetricType.Binary ? FixedMethod.TwoProportionZ : FixedMethod.WelchT;
        var relative = pair.Means.SelectMany(means => Effect.RelativeFieller(means.Control, means.Treatment, alpha));
        return Write(method, pair.Difference, pair.RelativeDifference, pair.Test(alpha), relative, alpha);
    }

    public static FixedAnalysis Write(
        FixedMethod method, double? effect, double? effectRelative, Outcome<Inference> test, Outcome<Interval> relative, double alpha)
    {
        var determined = test.TryGet(out var inference);
        var hasRelative = relative.TryGet(out var ends) && determined;
        return new FixedAnalysis
        {
            Validity = Validity.ReferenceOnly,
            Method = method,
            Effect = effect,
            EffectRelative = effectRelative,
            StandardError = inference?.Effect.StandardError,
            CiLevel = 1 - alpha,
            CiLower = Number.Finite(inference?.Interval.Lower),
            CiUpper = Number.Finite(inference?.Interval.Upper),
            CiRelativeLower = hasRelative ? Number.Finite(ends.Lower) : null,
            CiRelativeUpper = hasRelative ? Number.Finite(ends.Upper) : null,
            TestStatistic = inference?.Statistic,
            PValue = inference?.PValue,
            IsSignificant = inference?.PValue <= alpha,
        };
    }

    public static BayesianReadout Believe(Pair pair, double alpha)
    {
        pair.Posterior(alpha).TryGet(out var posterior);
        var increase = pair.Metric.Direction == Direction.Increase;
        return new BayesianReadout
        {
            Validity = Validity.ReferenceOnly,
            ProbabilityTreatmentBeatsControl = posterior?.ProbabilityTreatmentBeatsControl,
            ProbabilityTreatmentBetter = increase ? posterior?.ProbabilityTreatmentBeatsControl : posterior?.ProbabilityControlBeatsTreatment,
            ExpectedLossControl = increase ? posterior?.ExpectedLossControl : posterior?.ExpectedLossTreatment,
            ExpectedLossTreatment = increase ? posterior?.ExpectedLossTreatment : posterior?.ExpectedLossControl,
            CredibleLower = Number.Finite(posterior?.Credible.Lower),
            CredibleUpper = Number.Finite(posterior?.Credible.Upper),
        };
    }
}

/// <summary>Numbers as the readout writes them.</summary>
internal static class Number
{
    /// <summary>Null for what JSON cannot say.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
