using System.Collections.Immutable;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Estimates with their intervals on one axis around zero.</summary>
internal sealed record ForestPlot(Scale Scale, ImmutableArray<double> Ticks)
{
    private const int TicksAtMost = 7;

    /// <summary>A width of next to nothing cannot be divided into ticks: near the smallest double there are none between its ends.</summary>
    private const double Least = 1e-270;

    /// <summary>An axis that holds zero and the whole of every leading interval, and follows the other ones at most twice as far: one very wide interval must not squeeze all others into a line.</summary>
    public static ForestPlot Around(IEnumerable<Whisker> leading, IEnumerable<Whisker> others)
    {
        var led = Reach(leading);
        var all = Reach(others);
        var low = led is { } a && all is { } b ? Math.Max(b.Low, 2 * Math.Min(a.Low, -a.High / 2)) : led?.Low ?? all?.Low ?? -0.01;
        var high = led is { } c && all is { } d ? Math.Min(d.High, 2 * Math.Max(c.High, -c.Low / 2)) : led?.High ?? all?.High ?? 0.01;
        low = Math.Min(Math.Min(low, led?.Low ?? 0), 0);
        high = Math.Max(Math.Max(high, led?.High ?? 0), 0);
        if (high - low < Least)
        {
            (low, high) = (-0.01, 0.01);
        }

        var air = Math.Min((high - low) * 0.06, double.MaxValue / 8);
        var scale = new Scale(Math.Max(low - air, -double.MaxValue / 4), Math.Min(high + air, double.MaxValue / 4));
        return new(scale, Charts.Ticks.Within(scale, TicksAtMost));
    }

    /// <summary>Where the parts of one whisker stand.</summary>
    public WhiskerMarks Draw(Whisker whisker) => new(
        Scale.Place(whisker.Low),
        Scale.Place(whisker.High),
        Scale.Holds(whisker.Estimate) ? Scale.Place(whisker.Estimate) : null,
        whisker.Low < Scale.From,
        whisker.High > Scale.To);

    private static (double Low, double High)? Reach(IEnumerable<Whisker> whiskers)
    {
        var finite = whiskers
            .SelectMany(whisker => (ReadOnlySpan<double>)[whisker.Low, whisker.Estimate, whisker.High] is var ends ? ends.ToArray() : [])
            .Where(double.IsFinite)
            .Select(end => Math.Clamp(end, -double.MaxValue / 16, double.MaxValue / 16))
            .ToList();
        return finite.Count == 0 ? null : (finite.Min(), finite.Max());
    }
}

/// <summary>An estimate and its interval; an open end is an infinity.</summary>
internal readonly record struct Whisker(double Estimate, double Low, double High);

/// <summary>Places in percent of the width.</summary>
/// <param name="Point">Null when the estimate lies outside the axis.</param>
/// <param name="CutLow">The interval goes on beyond the left edge.</param>
/// <param name="CutHigh">The interval goes on beyond the right edge.</param>
internal sealed record WhiskerMarks(double Low, double High, double? Point, bool CutLow, bool CutHigh);
