using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Four treatments against one control.</summary>
internal static class DunnettStudies
{
    private const double Alpha = 0.05;
    private const int Treatments = 4;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("large", "Four treatments and a control, normal", "Five normal means of equal arms, no effect.", [1, 1, 1, 1, 1], double.PositiveInfinity),
        Of("small", "Four treatments and a larger control, ten units an arm", "20 units in the control and ten in each treatment, one pooled variance.", [20, 10, 10, 10, 10], 55),
    ];

    private static Simulation Of(string name, string title, string world, ImmutableArray<double> sizes, double degreesOfFreedom)
    {
        var dunnett = new Lazy<double>(() => new Dunnett(sizes, degreesOfFreedom).CriticalValue(Alpha));
        var bonferroni = StudentT.TwoSidedCritical(Alpha / Treatments, degreesOfFreedom);
        var plain = StudentT.TwoSidedCritical(Alpha, degreesOfFreedom);
        return Simulation.Of(
            $"families/dunnett-{name}",
            title,
            world,
            40_000,
            10_000,
            draws => Largest(draws, sizes, degreesOfFreedom),
            new("dunnett", "Dunnett's intervals, all four at once", new Claim.Rate(1 - Alpha), "exact quadrature", largest => largest <= dunnett.Value),
            new("bonferroni", "Bonferroni's intervals, all four at once", new Claim.AtLeast(1 - Alpha), "union bound", largest => largest <= bonferroni),
            new("plain", "plain intervals, all four at once", () => new Claim.FallsShort(1 - Alpha, new Claim.Rate(1 - new Dunnett(sizes, degreesOfFreedom).Survival(plain))), "exact quadrature", largest => largest <= plain) { IsNaive = true });
    }

    /// <summary>max |tᵢ| of the treatments against the control; the pooled variance is drawn by its own distribution.</summary>
    private static double Largest(Draws draws, ImmutableArray<double> sizes, double degreesOfFreedom)
    {
        var scale = double.IsInfinity(degreesOfFreedom) ? 1 : Math.Sqrt(2 * draws.Gamma(degreesOfFreedom / 2) / degreesOfFreedom);
        double control = draws.Normal() / Math.Sqrt(sizes[0]), largest = 0;
        for (var i = 1; i < sizes.Length; i++)
            largest = Math.Max(largest, Math.Abs((draws.Normal() / Math.Sqrt(sizes[i])) - control) / Math.Sqrt((1 / sizes[0]) + (1 / sizes[i])) / scale);
        return largest;
    }
}
