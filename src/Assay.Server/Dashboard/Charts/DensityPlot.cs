using System.Globalization;
using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard.Charts;

/// <summary>A density as a hill: paths in a picture a thousand wide that is stretched to any width.</summary>
/// <param name="Scale">Effects.</param>
/// <param name="Hill">The whole curve, closed along the ground.</param>
/// <param name="Middle">What of it lies in the credible interval.</param>
internal sealed record DensityPlot(Scale Scale, string Hill, string Middle)
{
    public const int Width = 1000;

    /// <param name="posterior">The curve.</param>
    /// <param name="height">Height of the picture.</param>
    public static DensityPlot Of(RelativePosterior posterior, int height)
    {
        var points = posterior.Points;
        var scale = new Scale(points[0].Effect, points[^1].Effect);
        var top = points.Max(point => point.Density);
        return new(scale, Area(points), Area([.. points.Where(point => point.Effect >= posterior.Credible.Lower && point.Effect <= posterior.Credible.Upper)]));

        string Area(IReadOnlyList<PosteriorPoint> part) => part.Count == 0 || !(top > 0) ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"M{Across(part[0].Effect):0.#} {height}{string.Concat(part.Select(point => string.Create(CultureInfo.InvariantCulture, $"L{Across(point.Effect):0.#} {height * (1 - (0.95 * point.Density / top)):0.#}")))}L{Across(part[^1].Effect):0.#} {height}z");

        double Across(double effect) => scale.Place(effect) / 100 * Width;
    }
}
