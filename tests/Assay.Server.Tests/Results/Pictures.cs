using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;

namespace Assay.Server.Tests.Results;

/// <summary>Pictures of the sample experiment with units of known values.</summary>
internal static class Pictures
{
    public static DateTimeOffset FirstBucket { get; } = Samples.Arrival.AddHours(1);

    /// <summary>So many units an arm; every second one converts, with a value of its index.</summary>
    public static MeasuredExperiment Of(int units, DateTimeOffset maturesAt)
    {
        var bucket = Microseconds.Of(maturesAt);
        var accumulators = ImmutableDictionary.CreateBuilder<AccumulatorKey, Accumulator>();
        for (var arm = 0; arm < 2; arm++)
        {
            var timing = new Accumulator(0);
            foreach (var metric in Samples.Running.Design.Metrics.All)
            {
                var sum = new Accumulator(3);
                for (var unit = 0; unit < units; unit++)
                {
                    var value = unit % 2 == 0 ? 0 : metric.Name is "revenue" ? unit + (0.1 * arm) : 1;
                    sum.Add(new MetricValue(bucket, value, unit % 2, 0), [unit, 0], isCrossover: false);
                }

                accumulators[new AccumulatorKey(1, arm, metric.Name, "", bucket)] = sum;
            }

            for (var unit = 0; unit < units; unit++) timing.Add(new EventTiming(0, unit % 2, 0, 0));
            accumulators[new AccumulatorKey(1, arm, AccumulatorKey.Timing, "", bucket)] = timing;
        }

        return new MeasuredExperiment(Samples.Running.Key, 0, 0, bucket - 3_600_000_000, 0, accumulators.ToImmutable());
    }
}
