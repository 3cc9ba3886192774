using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Units by the day of their first exposure, and what the sequential test of the sample ratio said at the end of each. No event is scanned: the days are those of the maturity buckets.</summary>
/// <remarks>A unit matures its longest window and an hour after its first exposure, so that of windows of whole days a day here ends an hour before UTC midnight. Its name is the UTC day on which it ends.</remarks>
public sealed record ExposureCourse
{
    /// <summary>The experiment's key.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The moment it is of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Commit number of the data.</summary>
    public required long Watermark { get; init; }

    /// <summary>Keys of the variations, in the order of every list here.</summary>
    public required IReadOnlyList<string> Variations { get; init; }

    /// <summary>Share of each arm by the split, in all 1.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The sequential p-value at which there is an alarm.</summary>
    public required double AlarmPValue { get; init; }

    /// <summary>Days with units, the earliest first; the last may go on.</summary>
    public required IReadOnlyList<ExposureCourseDay> Days { get; init; }

    /// <summary>Design + accumulators + now → the days: a pure function.</summary>
    /// <param name="input">What a readout depends on; of a running or stopped experiment, since a data file has no days.</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> is of a data file.</exception>
    public static ExposureCourse Trace(ReadoutInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Final) throw new ArgumentException("A data file has no days.", nameof(input));
        var setup = input.Design.Setup;
        var days = new ExposureDays(input.Design);
        foreach (var (key, accumulator) in input.Measured.Accumulators)
            if (key is { Slice.Length: 0, Arm: >= 0 } && string.Equals(key.Metric, AccumulatorKey.Timing, StringComparison.Ordinal)) days.Add(key, accumulator);
        return new ExposureCourse
        {
            ExperimentId = input.ExperimentId,
            AsOf = input.AsOf,
            Watermark = input.Measured.Watermark,
            Variations = [.. setup.Variations.Select(variation => variation.Key)],
            Shares = setup.Shares,
            AlarmPValue = SampleRatios.Alarm,
            Days = Sum(days.All, SampleRatios.Weights(setup.TrafficSplit), input.AsOf),
        };
    }

    private static ImmutableArray<ExposureCourseDay> Sum(IReadOnlyCollection<ExposureDay> days, ImmutableArray<double> weights, DateTimeOffset asOf)
    {
        var sum = new long[weights.Length];
        var written = ImmutableArray.CreateBuilder<ExposureCourseDay>(days.Count);
        foreach (var day in days)
        {
            for (var arm = 0; arm < sum.Length; arm++) sum[arm] += day.Units[arm];
            if (sum.Sum() == 0) continue;
            var ends = Populations.Time(day.Ends)!.Value;
            written.Add(new ExposureCourseDay
            {
                Day = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day.Day),
                EndsAt = ends < asOf ? ends : asOf,
                Units = [.. day.Units],
                Cumulative = [.. sum],
                SequentialPValue = weights.Count(weight => weight > 0) < 2 ? null : SampleRatio.SequentialPValue(sum, weights.AsSpan()),
            });
        }

        return written.ToImmutable();
    }
}

/// <summary>The units that were first exposed on one day.</summary>
public sealed record ExposureCourseDay
{
    /// <summary>The UTC day on which it ends.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Its end, or the moment of the answer while it goes on.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Units first exposed on it, by arm.</summary>
    public required IReadOnlyList<long> Units { get; init; }

    /// <summary>Units first exposed until its end, by arm.</summary>
    public required IReadOnlyList<long> Cumulative { get; init; }

    /// <summary>What the sequential test of the sample ratio said of those: the current p-value then, valid at every look; null where fewer than two arms have a share.</summary>
    public required double? SequentialPValue { get; init; }
}
