using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard.Charts;

/// <summary>The bound of a group-sequential test against information, of which the lower is the mirror, and the path that z has taken, in a square of 100 by 100 that the page stretches.</summary>
/// <param name="Bound">Path of the upper bound: as recorded where looks were taken, as planned after the last of them.</param>
/// <param name="Observed">Path of z from the beginning through the looks; empty before the first.</param>
/// <param name="Across">Information, from 0.</param>
/// <param name="Down">z, evenly to both sides of 0.</param>
internal sealed record BoundaryPlot(string Bound, string Observed, Scale Across, Scale Down)
{
    /// <summary>A bound farther out than this, and than any z seen, only makes the rest small.</summary>
    private const double Farthest = 6;

    /// <param name="planned">The planned looks, at least one.</param>
    /// <param name="looks">The looks of one hypothesis, in order.</param>
    public static BoundaryPlot Of(ImmutableArray<PlannedBoundary> planned, IReadOnlyList<LookReadout> looks)
    {
        var last = looks.Count == 0 ? 0 : looks[^1].InformationFraction;
        (double At, double Z)[] bounds =
        [
            .. looks.Select(look => (look.InformationFraction, look.BoundaryZ)),
            .. looks.Any(look => look.Crossed) ? [] : planned.Where(bound => bound.InformationFraction > last && bound.Look > (looks.Count == 0 ? 0 : looks[^1].Look)).Select(bound => (bound.InformationFraction, bound.BoundaryZ)),
        ];
        var across = new Scale(0, Math.Max(1, last) * 1.02);
        var reach = 1.15 * Math.Max(looks.Select(look => Math.Abs(look.Z)).DefaultIfEmpty(0).Max(), Math.Min(Farthest, bounds.Max(bound => bound.Z)));
        var down = new Scale(-reach, reach);
        return new(
            Path(bounds),
            looks.Count == 0 ? "" : Path(looks.Select(look => (look.InformationFraction, look.Z)).Prepend((0, 0))),
            across,
            down);

        string Path(IEnumerable<(double At, double Z)> points) =>
            "M" + string.Join('L', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{across.Place(point.At):0.#} {100 - down.Place(point.Z):0.#}")));
    }
}
