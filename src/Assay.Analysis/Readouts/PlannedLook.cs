using Assay.Analysis.Designs;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Readouts;

/// <summary>The one look of a fixed test: at the units that matured until both arms had their planned sizes. Once it is recorded, neither late events nor who is excluded afterwards moves what was read.</summary>
internal static class PlannedLook
{
    /// <summary>The arms that the look of a treatment against the control was taken at; null while it was not, and of another pair.</summary>
    public static Pair? Recorded(ReadoutInput input, Metric metric, int control, int treatment) =>
        control == 0 && Find(input, metric, treatment) is { Control: { SquaredDeviations: not null } first, Treatment: { SquaredDeviations: not null } second } ? new Pair(metric, Units(first, 0, metric.Type), Units(second, treatment, metric.Type)) : null;

    /// <summary>The look, where it is due and not recorded yet; null too where the planned units determine no test.</summary>
    /// <param name="input">What a readout depends on.</param>
    /// <param name="units">The metric's units.</param>
    /// <param name="treatment">Index of the treatment.</param>
    /// <param name="level">The even share of α that the bound is drawn at: what lies beyond it is significant whatever the rest of the family says.</param>
    public static LookReadout? Due(ReadoutInput input, MetricUnits units, int treatment, double level)
    {
        if (Find(input, units.Metric, treatment) is not null || new Hypothesis(input, input.Method, units, 0, treatment, level).Planned is not { } pair) return null;
        if (!pair.Test(level).TryGet(out var test) || !pair.Means.TryGet(out var means)) return null;
        var bound = pair.Metric.Type == MetricType.Binary ? Normal.TwoSidedCritical(level) : StudentT.TwoSidedCritical(level, test.Effect.DegreesOfFreedom);
        if (!double.IsFinite(test.Statistic) || !double.IsFinite(bound)) return null;
        return LookTaking.At(input, pair, means, 1, Fraction(input, pair, means), bound) with
        {
            Z = test.Statistic,
            Crossed = Math.Abs(test.Statistic) >= bound,
            Control = Arm(pair.Control, means.Control),
            Treatment = Arm(pair.Treatment, means.Treatment),
        };
    }

    /// <summary>Information over its planned value: 1 where the variance tells none, as of nobody against everybody, since the planned units are there.</summary>
    private static double Fraction(ReadoutInput input, Pair pair, (Estimate Control, Estimate Treatment) means) =>
        Effect.Absolute(means.Control, means.Treatment).Variance is var variance && PlannedVariance.IsSound(variance) && PlannedVariance.Of(pair, input.Sizes) is { } planned && double.IsFinite(planned / variance) ? planned / variance : 1;

    private static LookArm Arm(ArmUnits units, Estimate mean) => new(units.Count, mean.Value, mean.StandardError, units.Moments.SquaredDeviations);

    private static LookReadout? Find(ReadoutInput input, Metric metric, int treatment) =>
        input.Looks.FirstOrDefault(look => look.TreatmentIndex == treatment && string.Equals(look.Metric, metric.Name, StringComparison.Ordinal));

    /// <summary>The units of an arm as far as a test asks for them, to the last bit.</summary>
    private static ArmUnits Units(LookArm arm, int index, MetricType type) =>
        new(index, type, new Moments(arm.Units, arm.Mean, arm.SquaredDeviations ?? 0), type == MetricType.Binary ? (long)Math.Round(arm.Mean * arm.Units) : 0);
}
