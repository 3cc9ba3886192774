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

    /// <summary>So many units tell a rate before a day has passed: the first ones of a test by hand do not.</summary>
    private const long Telling = 100;

    private readonly Dictionary<(string Metric, int Arm), List<Bucket>> _buckets = [];

    public Arrivals(DecisionBasis basis)
    {
        var input = basis.Input;
        var asOf = Populations.Microseconds(input.AsOf);
        End = Math.Min(asOf, input.Measured.LastEventAt ?? asOf);
        if (input.Final) return;
        var deciding = basis.Primaries.Select(primary => primary.Metric).Concat(input.Design.Metrics.Guardrails).ToDictionary(metric => metric.Name, metric => (IsLong: metric.WindowHours > 72, Wait: Wait(metric)), StringComparer.Ordinal);
        foreach (var (key, sum) in input.Measured.Accumulators)
        {
            if (key.Arm < 0 || key.Slice.Length > 0 || sum.IsEmpty || !deciding.TryGetValue(key.Metric, out var metric)) continue;
            var maturesAt = Maturity.Bucket(key.MaturesAt, asOf);
            var width = maturesAt % Day == 0 && (maturesAt <= asOf || metric.IsLong) ? Day : Hour;
            if (!_buckets.TryGetValue((key.Metric, key.Arm), out var own)) _buckets[(key.Metric, key.Arm)] = own = [];
            own.Add(new Bucket(maturesAt, Math.Min(End, maturesAt - metric.Wait - (width / 2)), sum.Count));
            if (key.MaturesAt > asOf && !(LastMaturity >= maturesAt)) LastMaturity = maturesAt;
        }

        foreach (var own in _buckets.Values) own.Sort(static (one, other) => one.MaturesAt.CompareTo(other.MaturesAt));
        UnitsPerDay = Rate(input.Design.Metrics.Primary.Name);
    }

    /// <summary>The newest thing that is known, microseconds.</summary>
    public long End { get; }

    /// <summary>Units exposed a day, in all arms: over the last seven days, or since the first exposure, at least an hour. 0 while that tells nothing: in less than a day fewer than 100 came.</summary>
    public double UnitsPerDay { get; }

    /// <summary>Whether nobody was exposed yet.</summary>
    public bool IsEmpty => _buckets.Count == 0;

    /// <summary>When the last open window closes; null when none is open.</summary>
    public long? LastMaturity { get; }

    /// <summary>From an exposure to the end of its window and of the lateness that is waited for, microseconds.</summary>
    public static long Wait(Metric metric) => Maturity.Microseconds(ExperimentViews.Window(metric)) + Hour;

    /// <summary>When an arm has, or will have, so many units of a metric with closed windows, at so many new ones a day; null when never.</summary>
    public double? Reaches(Metric metric, int arm, double units, double unitsPerDay)
    {
        double exposed = 0;
        foreach (var bucket in _buckets.GetValueOrDefault((metric.Name, arm)) ?? [])
        {
            exposed += bucket.Units;
            if (exposed >= units) return bucket.MaturesAt;
        }

        return unitsPerDay > 0 ? End + ((units - exposed) / unitsPerDay * Day) + Wait(metric) : null;
    }

    private double Rate(string primary)
    {
        var start = long.MaxValue;
        foreach (var (key, own) in _buckets)
            if (string.Equals(key.Metric, primary, StringComparison.Ordinal)) start = Math.Min(start, own.Min(bucket => bucket.ExposedAt));
        if (start == long.MaxValue) return 0;
        start = Math.Max(start, End - (7 * Day));
        long units = 0;
        foreach (var (key, own) in _buckets)
            if (string.Equals(key.Metric, primary, StringComparison.Ordinal)) units += own.Sum(bucket => bucket.ExposedAt >= start ? bucket.Units : 0);
        return End - start < Day && units < Telling ? 0 : units / (Math.Max(Hour, End - start) / (double)Day);
    }

    private readonly record struct Bucket(long MaturesAt, long ExposedAt, long Units);
}
