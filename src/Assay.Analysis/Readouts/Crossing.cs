using System.Collections.Immutable;
using Assay.Analysis.Designs;

namespace Assay.Analysis.Readouts;

/// <summary>The first time that a decision valid at every look was significant. Intervals and p-values go on to be the current ones; this stays.</summary>
/// <param name="Metric">The primary.</param>
/// <param name="TreatmentIndex">Index of the treatment.</param>
/// <param name="CrossedAt">The time that the decision was of.</param>
/// <param name="Watermark">The commit that it was of.</param>
/// <param name="PValueAdjusted">Its p-value then, after the correction.</param>
/// <param name="Estimate">The effect then: at a first crossing larger, on average, than the true one.</param>
public sealed record Crossing(string Metric, int TreatmentIndex, DateTimeOffset CrossedAt, long Watermark, double PValueAdjusted, double? Estimate)
{
    /// <summary>Crossings that a readout shows and nobody has recorded.</summary>
    /// <param name="readout">The readout.</param>
    /// <param name="recorded">What is recorded of the iteration.</param>
    /// <exception cref="ArgumentNullException">No readout.</exception>
    public static ImmutableArray<Crossing> New(Readout readout, ImmutableArray<Crossing> recorded)
    {
        ArgumentNullException.ThrowIfNull(readout);
        var primaries = readout.Primaries.Select(primary => (primary.Name, primary.Comparisons)).Prepend((Name: readout.PrimaryMetricName, readout.Comparisons));
        var crossings =
            from primary in primaries
            from comparison in primary.Comparisons
            where comparison is { ControlIndex: 0, Decision: { IsSignificant: true, Validity: Validity.AnyLook, PValueAdjusted: not null } } && !recorded.Any(known => known.IsOf(primary.Name, comparison.TreatmentIndex))
            select new Crossing(primary.Name, comparison.TreatmentIndex, readout.AsOf, readout.Watermark ?? 0, comparison.Decision.PValueAdjusted!.Value, comparison.Decision.Estimate);
        return [.. crossings];
    }

    /// <summary>When a hypothesis first crossed, as far as that was known at the time of the readout: a sequence as recorded, a group-sequential test at its look.</summary>
    internal static DateTimeOffset? At(ReadoutInput input, Metric metric, int treatment) => input.Method switch
    {
        AnalysisMethod.AlwaysValid => input.Crossings.FirstOrDefault(crossing => crossing.IsOf(metric.Name, treatment) && crossing.CrossedAt <= input.AsOf)?.CrossedAt,
        AnalysisMethod.GroupSequential => LookInference.Recorded(input, metric, treatment).FirstOrDefault(look => look.Crossed)?.TakenAt,
        _ => null,
    };

    private bool IsOf(string metric, int treatment) => TreatmentIndex == treatment && string.Equals(Metric, metric, StringComparison.Ordinal);
}
