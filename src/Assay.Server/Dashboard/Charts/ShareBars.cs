using System.Collections.Immutable;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Observed counts beside expected ones, as bars on one axis from zero.</summary>
internal static class ShareBars
{
    public static ImmutableArray<ShareBar> Of(IReadOnlyList<double> observed, IReadOnlyList<double> expected)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(expected.Count, observed.Count, nameof(expected));
        var largest = observed.Concat(expected).DefaultIfEmpty(0).Max();
        if (largest <= 0)
        {
            return [.. observed.Select(_ => new ShareBar(0, 0))];
        }

        var scale = new Scale(0, largest);
        return [.. observed.Zip(expected, (seen, planned) => new ShareBar(scale.Place(seen), scale.Place(planned)))];
    }
}

/// <summary>A bar's length and where the plan's mark stands on it, in percent of the width.</summary>
internal readonly record struct ShareBar(double Length, double Planned);
