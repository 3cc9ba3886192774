using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Verdicts;

/// <summary>Conditional power of one hypothesis at the planned end.</summary>
internal static class Outlook
{
    /// <summary>Below this chance an experiment is called futile.</summary>
    private const double Futile = 0.1;

    /// <summary>Beyond so many standard errors there is nothing left to forecast.</summary>
    private const double Farthest = 1e100;

    public static ConditionalPowerReadout? Of(DecisionBasis basis, PrimaryBlock primary, int arm)
    {
        var (comparison, design) = (primary.Of(arm), basis.Input.Design);
        var progress = basis.Sequential.Comparisons.Single(each => each.TreatmentIndex == arm && string.Equals(each.Metric, primary.Metric.Name, StringComparison.Ordinal));
        if (progress.InformationFraction is not { } fraction || comparison.Completed is not { Effect: { } effect } completed || Variance(completed) is not { } variance) return null;
        var planned = fraction * variance;
        if (!(fraction is > 0 and < 1 && PlannedVariance.IsSound(planned)) || FinalZ(basis, comparison, planned) is not { } final) return null;
        var sign = DecisionSides.Sign(primary.Metric.Direction);
        var z = sign * effect / Math.Sqrt(variance);
        var mde = design.Metrics.MdePct / 100 * Math.Abs(primary.Metric.BaselineValue ?? completed.Control.Mean ?? 0) / Math.Sqrt(planned);
        if (!(Math.Abs(z) < Farthest && mde < Farthest && final < Farthest)) return null;
        var (atTrend, atMde) = (ConditionalPower.Under(ConditionalPower.Trend(z, fraction), z, fraction, final), ConditionalPower.Under(mde, z, fraction, final));
        return new ConditionalPowerReadout
        {
            InformationFraction = fraction,
            FinalZ = final,
            AtTrend = atTrend,
            AtMde = atMde,
            IsFutileAtTrend = atTrend < Futile,
            IsFutileAtMde = atMde < Futile,
        };
    }

    /// <summary>What z must exceed at the planned size: the mixture's boundary there, the last bound of a schedule, or the fixed quantile.</summary>
    private static double? FinalZ(DecisionBasis basis, ComparisonReadout comparison, double planned)
    {
        var level = comparison.Decision.Level;
        return basis.Input.Method switch
        {
            AnalysisMethod.AlwaysValid => AlwaysValid.Radius(planned, level, comparison.AlwaysValid.MixtureVariance ?? AlwaysValid.MixtureVariance(planned, level)) / Math.Sqrt(planned),
            AnalysisMethod.FixedHorizon => Normal.TwoSidedCritical(level),
            AnalysisMethod.GroupSequential when basis.Input.Plan is { Boundaries: { IsDefaultOrEmpty: false } boundaries } => boundaries[^1].BoundaryZ,
            _ => null,
        };
    }

    private static double? Variance(CompletedReadout completed) =>
        completed is { Control.Std: { } control, Treatment.Std: { } treatment } && (control * control / completed.Control.ExposedUsers) + (treatment * treatment / completed.Treatment.ExposedUsers) is > 0 and var variance
            ? variance
            : null;
}
