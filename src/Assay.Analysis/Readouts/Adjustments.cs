using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>A metric adjusted by its covariates, on completed units.</summary>
internal static class Adjustments
{
    public static CupedReadout Adjust(Design design, MetricUnits units)
    {
        if (design.Metrics.Covariates.Length == 0) return Write(CupedStatus.NotApplicable, null, null, []);
        var alpha = design.Metrics.Alpha;
        var control = units.Completed[0];
        var comparisons = new List<CupedComparison>();
        double before = 0, after = 0;
        foreach (var treatment in units.Completed[1..])
        {
            var adjustment = CovariateAdjustment.Optimal(control.Joint, treatment.Joint);
            comparisons.Add(Compare(treatment.Arm, adjustment, alpha));
            if (!adjustment.TryGet(out var adjusted)) continue;
            before += (control.Moments.Variance / control.Count) + (treatment.Moments.Variance / treatment.Count);
            after += adjusted.Control.Variance + adjusted.Treatment.Variance;
        }

        var coverage = Coverage(units, design.Metrics.Covariates.Length);
        return coverage > 0 && before > 0
            ? Write(CupedStatus.Available, 1 - (after / before), coverage, comparisons)
            : Write(CupedStatus.Unavailable, null, coverage, comparisons);
    }

    private static CupedComparison Compare(int treatment, Outcome<AdjustedArms> adjustment, double alpha)
    {
        var test = adjustment.SelectMany(adjusted => FixedHorizon.Infer(adjusted.Control, adjusted.Treatment, alpha));
        var relative = adjustment.SelectMany(adjusted => Effect.RelativeFieller(adjusted.Control, adjusted.Treatment, alpha));
        double? effect = adjustment.TryGet(out var means) ? means.Treatment.Value - means.Control.Value : null;
        return new CupedComparison
        {
            TreatmentIndex = treatment,
            Status = test.IsDetermined ? ComparisonStatus.Ok : ComparisonStatus.InsufficientData,
            Theta = means is null ? [] : means.Theta,
            Analysis = FixedTests.Write(FixedMethod.CupedT, effect, means is null ? null : Pair.Relative(effect, means.Control.Value), test, relative, alpha),
        };
    }

    /// <summary>Share of completed units that have the covariate; the columns are x₁, missing₁, x₂, missing₂, … after the value.</summary>
    private static double? Coverage(MetricUnits units, int covariates)
    {
        if (units.Matured == 0) return null;
        var scarcest = 1.0;
        for (var covariate = 0; covariate < covariates; covariate++)
        {
            var missing = units.Completed.Sum(arm => arm.Count * arm.Joint.Means[2 * (covariate + 1)]);
            scarcest = Math.Min(scarcest, 1 - (missing / units.Matured));
        }

        return scarcest;
    }

    private static CupedReadout Write(CupedStatus status, double? reduction, double? coverage, IReadOnlyList<CupedComparison> comparisons) => new()
    {
        Status = status,
        VarianceReduction = reduction,
        Coverage = coverage,
        Comparisons = comparisons,
    };
}
