using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Which looks of a group-sequential design, or of a fixed test, are due, and what they say: taken once, recorded, and from then on as they were.</summary>
public static class LookTaking
{
    // A fraction that misses its plan by rounding alone has reached it.
    private const double Rounding = 1e-9;

    /// <summary>The looks that are due and not recorded yet: at most one a primary and treatment.</summary>
    /// <param name="input">What a readout depends on, with the looks recorded so far.</param>
    /// <returns>Empty for another method, without planned sizes, and where nothing is due.</returns>
    /// <remarks>
    /// A look is due when the information on completed units, 1 ÷ se² over its planned value, has reached a planned fraction; where it has passed several since the last look, the last of them is taken
    /// and the others never are. Its bound spends by the fraction that was in fact reached (Lan &amp; DeMets 1983). A look waits until both arms are normal enough, or at
    /// the planned end until both have their planned units: a variance estimated on a handful of units may look like all the information there was to be. After a crossing or the last planned look nothing more is due. A stop makes none due: who stops has seen how things stand, and a look at a moment chosen so crosses too often (.065 for .05 with five
    /// looks, if one stops where the look would cross; calibration study <c>readout/looks-chosen</c>). A fixed test has one look, at the units by which both arms had their planned sizes.
    /// </remarks>
    /// <exception cref="ArgumentNullException">No input.</exception>
    public static ImmutableArray<LookReadout> Due(ReadoutInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (design, plan) = (input.Design, input.Plan);
        var isFixed = input.Method == AnalysisMethod.FixedHorizon;
        if (!isFixed && (input.Method != AnalysisMethod.GroupSequential || plan is null || plan.Boundaries.IsDefaultOrEmpty)) return [];
        if (input.Sizes.IsEmpty || design.Setup.TrafficSplit[0] <= 0) return [];
        var treatments = Pricing.Treatments(design.Setup).Treatments;
        var level = Pricing.Corrected(design.Metrics, treatments.Length);
        var units = ExperimentUnits.Sum(design, input.Measured, Populations.Microseconds(input.AsOf));
        var due =
            from metric in (ImmutableArray<Metric>)[design.Metrics.Primary, .. design.Metrics.MorePrimaries]
            from arm in treatments
            let completed = units[metric].Completed
            select isFixed ? PlannedLook.Due(input, units[metric], arm, level) : Due(input, plan!, new Pair(metric, completed[0], completed[arm]), level);
        return [.. due.OfType<LookReadout>()];
    }

    /// <summary>A look at two arms, its bound known.</summary>
    internal static LookReadout At(ReadoutInput input, Pair pair, (Estimate Control, Estimate Treatment) means, int number, double fraction, double bound)
    {
        var difference = Effect.Absolute(means.Control, means.Treatment);
        var z = difference.Value / difference.StandardError;
        return new LookReadout
        {
            Metric = pair.Metric.Name,
            TreatmentIndex = pair.Treatment.Arm,
            Look = number,
            TakenAt = input.AsOf,
            Watermark = input.Measured.Watermark,
            InformationFraction = fraction,
            Z = z,
            BoundaryZ = bound,
            Crossed = Math.Abs(z) >= bound,
            Control = new LookArm(pair.Control.Count, means.Control.Value, means.Control.StandardError),
            Treatment = new LookArm(pair.Treatment.Count, means.Treatment.Value, means.Treatment.StandardError),
        };
    }

    private static LookReadout? Due(ReadoutInput input, ExperimentPlan plan, Pair pair, double level)
    {
        var recorded = input.Looks.Where(look => look.TreatmentIndex == pair.Treatment.Arm && string.Equals(look.Metric, pair.Metric.Name, StringComparison.Ordinal)).ToList();
        var last = recorded.Select(look => look.Look).DefaultIfEmpty().Max();
        if (last >= plan.Boundaries.Length || recorded.Exists(look => look.Crossed)) return null;
        if (PlannedVariance.Of(pair, input.Sizes) is not { } planned || !pair.Means.TryGet(out var means)) return null;
        var variance = Effect.Absolute(means.Control, means.Treatment).Variance;
        if (!PlannedVariance.IsSound(variance)) return null;
        var fraction = planned / variance;
        var reached = plan.Boundaries.Count(boundary => boundary.InformationFraction <= fraction + Rounding);
        if (reached <= last) return null;
        var hasPlannedUnits = pair.Control.Count >= input.Sizes[pair.Control.Arm] && pair.Treatment.Count >= input.Sizes[pair.Treatment.Arm];
        if (!(pair.Control.IsNormalEnough && pair.Treatment.IsNormalEnough) && !(reached == plan.Boundaries.Length && hasPlannedUnits)) return null;
        ImmutableArray<double> before = [.. LookInference.Recorded(input, pair.Metric, pair.Treatment.Arm).Select(look => look.InformationFraction)];
        if (!LookInference.Adds(fraction, before)) return null;
        var bound = GroupSequential.Spending(Spendings.Of(input.Design.Constraints.Spending), [.. before, fraction], level).Z[^1];
        return double.IsFinite(bound) ? At(input, pair, means, reached, fraction, bound) : null;
    }
}
