using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>What the checks read: the experiment, its units already summed, and the blocks of the readout that they lean on.</summary>
internal sealed class HealthFacts
{
    public HealthFacts(ReadoutInput input, ExperimentUnits units, SampleRatioReadout sampleRatio, SegmentsReadout segments)
    {
        Input = input;
        Units = units;
        SampleRatio = sampleRatio;
        Segments = segments;
        Primary = units[input.Design.Metrics.Primary];
        Weights = SampleRatios.Weights(input.Design.Setup.TrafficSplit);
        Now = input.AsOf.AddTicks(-(input.AsOf.Ticks % TimeSpan.TicksPerHour));
        Today = Maturity.DayOf(Populations.Microseconds(Now));
        foreach (var (key, totals) in input.Measured.Receipts)
        {
            if (key.Variation >= 0 && key.Variation < Arms) ReceiptDays.Add((key, totals));
        }
    }

    public ReadoutInput Input { get; }

    public ExperimentUnits Units { get; }

    public SampleRatioReadout SampleRatio { get; }

    public SegmentsReadout Segments { get; }

    public MetricUnits Primary { get; }

    /// <summary>The split, as the sample-ratio test takes it.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>The last full hour: what depends on the time alone changes once an hour.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The UTC day that is not over, from the Unix epoch.</summary>
    public long Today { get; }

    /// <summary>Exposures received, by arm and UTC day.</summary>
    public List<(ReceiptKey Key, ReceiptTotals Totals)> ReceiptDays { get; } = [];

    public int Arms => Weights.Length;

    /// <summary>Whether two arms have a weight that units will ever show, so that counts can be held against the split.</summary>
    public bool HasSplit => Weights.Count(weight => weight > 0) > 1;

    public bool IsRunning => Input is { Final: false, StartedAt: not null } && string.Equals(Input.Status, "running", StringComparison.Ordinal);

    public string KeyOf(int arm) => Input.Design.Setup.Variations[arm].Key;

    /// <summary>Time since the start, until the stop; null without a start.</summary>
    public TimeSpan? Elapsed => Input.StartedAt is not { } started ? null
        : (Input.StoppedAt is { } stopped && stopped < Now ? stopped : Now) is var until && until > started ? until - started : TimeSpan.Zero;
}
