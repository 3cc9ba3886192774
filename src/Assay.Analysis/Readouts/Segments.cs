using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>Describes the primary metric by the slices of each declared segment.</summary>
internal static class Segments
{
    /// <summary>Sums the buckets of each slice by arm; those up to <paramref name="asOf"/> are completed.</summary>
    public static SegmentsReadout Describe(Design design, MeasuredExperiment measured, long asOf)
    {
        var segments = design.Setup.Segments;
        var running = new Dictionary<(string Slice, int Arm), Accumulator>();
        var completed = new Dictionary<(string Slice, int Arm), Accumulator>();
        foreach (var (key, accumulator) in segments.IsEmpty ? [] : measured.Accumulators)
        {
            if (key.Slice.Length == 0 || key.IsByAge || !string.Equals(key.Metric, design.Metrics.Primary.Name, StringComparison.Ordinal)) continue;
            Add(running, key, accumulator);
            if (key.MaturesAt <= asOf) Add(completed, key, accumulator);
        }

        return new SegmentsReadout
        {
            Validity = Validity.ReferenceOnly,
            Attributes = [.. segments.Select(segment => new SegmentReadout
            {
                Attribute = segment.Attribute,
                Values = [.. segment.Values.Append(SegmentPlan.Other).Append(SegmentPlan.None).Select(value => Describe(design, value, SegmentPlan.Slice(segment.Attribute, value), running, completed))],
            })],
        };
    }

    private static SliceReadout Describe(
        Design design, string value, string slice, Dictionary<(string Slice, int Arm), Accumulator> running, Dictionary<(string Slice, int Arm), Accumulator> completed)
    {
        var arms = Arms(running);
        var completedArms = Arms(completed);
        return new SliceReadout
        {
            Value = value,
            Exposed = arms.Sum(arm => arm.ExposedUsers),
            Completed = completedArms.Sum(arm => arm.ExposedUsers),
            Arms = arms,
            CompletedArms = completedArms,
        };

        List<ArmReadout> Arms(Dictionary<(string Slice, int Arm), Accumulator> sums) =>
            [.. Enumerable.Range(0, design.Setup.Variations.Length).Select(arm =>
                new ArmUnits(arm, design.Metrics.Primary.Type, sums.GetValueOrDefault((slice, arm)), 1 + (2 * design.Metrics.Covariates.Length)).ToReadout(design))];
    }

    private static void Add(Dictionary<(string Slice, int Arm), Accumulator> sums, in AccumulatorKey key, Accumulator accumulator)
    {
        if (sums.TryGetValue((key.Slice, key.Arm), out var sum)) sum.Add(accumulator);
        else sums[(key.Slice, key.Arm)] = accumulator.Clone();
    }
}
