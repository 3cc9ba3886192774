using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>Units and event timing as the readout writes them.</summary>
internal static class Populations
{
    public static PopulationReadout Of(ReadoutInput input, MetricUnits metric, ExperimentUnits units) => new()
    {
        Exposed = metric.Exposed,
        Completed = metric.Matured,
        FirstMaturityAt = input.Final ? null : Time(FirstMaturity(metric, Microseconds(input.AsOf))),
        Crossovers = [.. metric.Running.Select(arm => arm.Crossovers)],
        LateArrivals = [.. metric.Running.Select(arm => arm.LateArrivals)],
        Rearmed = input.Measured.Rearmed,
        HoldoutUsers = units.HoldoutUnits,
        ExcludedUsers = units.ExcludedUnits,
    };

    /// <summary>The hour while its day lasts, then that day's closing midnight: which of the two a bucket is kept under must not show.</summary>
    private static long? FirstMaturity(MetricUnits metric, long asOf) =>
        metric.FirstMaturity is { } first ? Maturity.Bucket(first, asOf) : null;

    public static EventTimingReadout Timing(ExperimentUnits units) => new()
    {
        InWindow = units.TimingByArm.Sum(timing => timing.InWindow),
        BeforeExposure = units.TimingByArm.Sum(timing => timing.Before),
        AfterWindow = units.TimingByArm.Sum(timing => timing.After),
        Unexposed = units.UnexposedEvents,
        Holdout = units.HoldoutEvents,
        ByArm = [.. units.TimingByArm.Select((timing, arm) => new ArmEventTiming
        {
            VariationIndex = arm,
            InWindow = timing.InWindow,
            BeforeExposure = timing.Before,
            AfterWindow = timing.After,
        })],
    };

    /// <summary>Microseconds since the Unix epoch as a time.</summary>
    public static DateTimeOffset? Time(long? microseconds) =>
        microseconds is { } value ? DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond) : null;

    /// <summary>A time as microseconds since the Unix epoch.</summary>
    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
