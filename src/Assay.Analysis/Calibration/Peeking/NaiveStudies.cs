using System.Collections.Immutable;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>The fixed test at many looks: its error rate is computed.</summary>
internal static class NaiveStudies
{
    private const double Alpha = 0.05;

    /// <summary>Half a unit of the last digit given.</summary>
    private const double Rounding = 0.5e-4;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Computed(
            "peeking/naive",
            "The fixed z at K equal looks",
            "The exact recursion, beside the table of Armitage, McPherson & Rowe (1969) to four digits: nothing is drawn.",
            [.. new[] { (1, 0.05), (2, 0.0831), (5, 0.1417), (10, 0.1934), (20, 0.2479), (50, 0.3205), (100, 0.3736) }.Select(row => Of(row.Item1, row.Item2))]),
    ];

    private static Question<Simulation.Exactness> Of(int looks, double right)
    {
        var known = new Claim.Value(right, Rounding);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{looks}"), "|z| ≥ 1.96 at any look", looks == 1 ? known : new Claim.ValueExceeds(Alpha, known), "published table", _ => GroupSequential.NaiveFalsePositiveRate(looks, Alpha))
        {
            Column = looks == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{looks} looks"),
        };
    }
}
