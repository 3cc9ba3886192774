using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Designs;

namespace Assay.Server.Dashboard.Charts;

/// <summary>A power curve as a path in a square of 100 by 100, which the page stretches to any width.</summary>
/// <param name="Path">From the least power that the curve has upwards; empty without points.</param>
/// <param name="Scale">True effects, percent, from 0.</param>
internal sealed record PowerPlot(string Path, Scale Scale, ImmutableArray<double> Ticks)
{
    private const int TicksAtMost = 6;

    /// <param name="mdePct">The planned effect, which the axis holds in any case.</param>
    public static PowerPlot Of(IReadOnlyList<PowerPoint> points, double mdePct)
    {
        var scale = new Scale(0, points.Select(point => point.EffectPct).Append(mdePct).Max() * 1.04);
        var path = string.Join('L', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{scale.Place(point.EffectPct):0.##} {100 - (100 * point.Power):0.##}")));
        return new(path.Length == 0 ? "" : "M" + path, scale, Charts.Ticks.Within(scale, TicksAtMost));
    }
}
