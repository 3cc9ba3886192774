using Assay.Statistics;

namespace Assay.Analysis.Calibration.Chance;

/// <summary>Moments of whole samples, drawn by their own distributions and not unit by unit.</summary>
internal static class Samples
{
    /// <summary>Moments of n ≥ 3 normal units: the mean is normal, the squared deviations are σ²χ² with n − 1 degrees of freedom, independently.</summary>
    public static Moments Normal(this Draws draws, int count, double mean, double deviation) =>
        new(count, mean + (deviation * draws.Normal() / Math.Sqrt(count)), deviation * deviation * 2 * draws.Gamma((count - 1) / 2.0));

    /// <summary>Joint moments of n ≥ 4 units (y, x): x standard normal, y = mean + slope·x + normal noise (Bartlett's decomposition of the scatter, 1933).</summary>
    public static JointMoments Regression(this Draws draws, int count, double mean, double slope, double noise)
    {
        double root = Math.Sqrt(count), x = draws.Normal() / root, e = noise * draws.Normal() / root;
        var xx = 2 * draws.Gamma((count - 1) / 2.0);
        // Given x, the noise's product with it is normal with variance xx, and what is left has one degree of freedom less.
        double xe = noise * Math.Sqrt(xx) * draws.Normal(), ee = (xe * xe / xx) + (noise * noise * 2 * draws.Gamma((count - 2) / 2.0));
        return new JointMoments(count, [mean + (slope * x) + e, x], [(slope * slope * xx) + (2 * slope * xe) + ee, (slope * xx) + xe, xx]);
    }

    /// <summary>Moments of so many draws.</summary>
    public static Moments Of(this Draws draws, int count, Func<Draws, double> unit)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = unit(draws);
        return Moments.Of(values);
    }
}
