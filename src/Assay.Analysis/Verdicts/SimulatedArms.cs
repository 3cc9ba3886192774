using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Verdicts;

/// <summary>The sums of every arm and metric of one simulated experiment, growing look by look to the planned sizes.</summary>
internal sealed class SimulatedArms(ImmutableArray<long> sizes, int looks, Draws draws)
{
    private readonly Dictionary<string, (long Converted, Moments Moments)[]> _metrics = new(StringComparer.Ordinal);

    /// <summary>The units of a metric after so many looks: those of one more look are added, by arm in order.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="look">1-based.</param>
    /// <param name="mean">True mean of an arm.</param>
    /// <param name="spread">True standard deviation of a unit's value; null for a metric of which nothing is known, which gets no units.</param>
    public MetricUnits Advance(Metric metric, int look, Func<int, double> mean, double? spread)
    {
        if (!_metrics.TryGetValue(metric.Name, out var sums)) _metrics[metric.Name] = sums = new (long, Moments)[sizes.Length];
        for (var arm = 0; arm < sizes.Length && spread is not null; arm++)
        {
            var units = Through(sizes[arm], look) - Through(sizes[arm], look - 1);
            if (units == 0) continue;
            if (metric.Type == MetricType.Binary)
            {
                var converted = sums[arm].Converted + draws.Binomial(checked((int)units), mean(arm));
                sums[arm] = (converted, Moments.OfProportion(converted, Through(sizes[arm], look)));
            }
            else
            {
                sums[arm].Moments += Draw(units, mean(arm), spread.Value);
            }
        }

        ImmutableArray<ArmUnits> arms = [.. sums.Select((sum, arm) => new ArmUnits(arm, metric.Type, sum.Moments, sum.Converted))];
        return new MetricUnits(metric, arms, arms, ByMaturity: null, FirstMaturity: null);
    }

    private long Through(long size, int look) => (long)Math.Ceiling((double)size * look / looks);

    /// <summary>Mean N(μ, σ²/n) and Σ(y − ȳ)² σ²χ²(n − 1), independent, as those of n normal values are.</summary>
    private Moments Draw(long units, double mean, double spread)
    {
        var average = mean + (spread / Math.Sqrt(units) * draws.Normal());
        var half = (units - 1) / 2.0;
        var squares = half == 0 ? 0 : half < 1 ? Math.Pow(draws.Normal(), 2) : 2 * draws.Gamma(half);
        return new Moments(units, average, spread * spread * squares);
    }
}
