using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>When the units of the metrics that decide were exposed and mature, read off their maturity buckets.</summary>
/// <remarks>
/// It depends on stored data and on which buckets have closed, and not on the clock beyond that, so that an answer keeps as long as its tag says. A bucket tells the hour, or for windows over 72 h
/// and days that are over the day, in which its units mature; they are taken to have come in its middle.
/// </remarks>
internal sealed class Arrivals
{
    private const long Hour = 3_600_000_000, Day = 24 * Hour;

    private readonly ILookup<(string Metric, int Arm), Bucket> _buckets;

    private Arrivals(IEnumerable<Bucket> buckets, long end, double unitsPerDay)
    {
        _buckets = buckets.OrderBy(bucket => bucket.MaturesAt).ToLookup(bucket => (bucket.Metric, bucket.Arm));
        End = end;
        UnitsPerDay = unitsPerDay;
    }

    /// <summary>The newest thing that is known, microseconds.</summary>
    public long End { get; }

    /// <summary>Units exposed a day, in all arms: over the last seven days, or since the first exposure, at least an hour. 0 without any.</summary>
    public double UnitsPerDay { get; }

    /// <summary>Whether nobody was exposed yet.</summary>
    public bool IsEmpty => _buckets.Count == 0;

    /// <summary>When the last open window closes; null when none is open.</summary>
    public long? LastMaturity { get; private init; }

    public static Arrivals Of(DecisionBasis basis)
    {
        var input = basis.Input;
        var asOf = Populations.Microseconds(input.AsOf);
        var end = Math.Min(asOf, input.Measured.LastEventAt ?? asOf);
        var deciding = basis.Primaries.Select(primary => primary.Metric).Concat(input.Design.Metrics.Guardrails).ToDictionary(metric => metric.Name, StringComparer.Ordinal);
        var buckets = new List<Bucket>();
        if (!input.Final)
        {
            foreach (var (key, sum) in input.Measured.Accumulators)
            {
                if (key.Arm < 0 || key.Slice.Length > 0 || sum.IsEmpty || !deciding.TryGetValue(key.Metric, out var metric)) continue;
                var maturesAt = Maturity.Bucket(key.MaturesAt, asOf);
                var wait = Wait(metric);
                var width = maturesAt % Day == 0 && (maturesAt <= asOf || metric.WindowHours > 72) ? Day : Hour;
                buckets.Add(new Bucket(key.Metric, key.Arm, maturesAt, Math.Min(end, maturesAt - wait - (width / 2)), sum.Count, key.MaturesAt > asOf));
            }
        }

        var primary = buckets.Where(bucket => string.Equals(bucket.Metric, input.Design.Metrics.Primary.Name, StringComparison.Ordinal)).ToList();
        return new Arrivals(buckets, end, Rate(primary, end)) { LastMaturity = buckets.Max(bucket => bucket.IsOpen ? bucket.MaturesAt : (long?)null) };
    }

    /// <summary>From an exposure to the end of its window and of the lateness that is waited for, microseconds.</summary>
    public static long Wait(Metric metric) => Maturity.Microseconds(ExperimentViews.Window(metric)) + Hour;

    /// <summary>When an arm has, or will have, so many units of a metric with closed windows, at so many new ones a day; null when never.</summary>
    public double? Reaches(Metric metric, int arm, double units, double unitsPerDay)
    {
        double exposed = 0;
        foreach (var bucket in _buckets[(metric.Name, arm)])
        {
            exposed += bucket.Units;
            if (exposed >= units) return bucket.MaturesAt;
        }

        return unitsPerDay > 0 ? End + ((units - exposed) / unitsPerDay * Day) + Wait(metric) : null;
    }

    private static double Rate(List<Bucket> primary, long end)
    {
        if (primary.Count == 0) return 0;
        var start = Math.Max(end - (7 * Day), primary.Min(bucket => bucket.ExposedAt));
        return primary.Where(bucket => bucket.ExposedAt >= start).Sum(bucket => bucket.Units) / (Math.Max(Hour, end - start) / (double)Day);
    }

    private readonly record struct Bucket(string Metric, int Arm, long MaturesAt, long ExposedAt, long Units, bool IsOpen);
}
