using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Stopping;

/// <summary>A test that ran until it crossed a bound, or to its last look.</summary>
/// <param name="Bounds">The bounds it obeyed.</param>
/// <param name="Drift">The truth: the mean of Z at full information.</param>
/// <param name="Path">Z at every look, those after the stop as well.</param>
/// <param name="Look">The look it stopped at, from 1.</param>
internal sealed record StoppedTest(Boundaries Bounds, double Drift, double[] Path, int Look)
{
    public double Z => Path[Look - 1];

    public double Fraction => Bounds.Fractions[Look - 1];

    public bool HasCrossedUp => Z >= Bounds.Z[Look - 1];

    /// <summary>The estimate that ignores the stopping, on the scale of the drift.</summary>
    public Estimate Naive => new(Z / Math.Sqrt(Fraction), 1 / Fraction, double.PositiveInfinity);

    public static StoppedTest Run(Draws draws, Boundaries bounds, double drift)
    {
        var path = Walk(draws, bounds.Fractions, drift);
        var look = 1 + Enumerable.Range(0, path.Length - 1).TakeWhile(k => path[k] < bounds.Z[k] && path[k] > bounds.Lower[k]).Count();
        return new StoppedTest(bounds, drift, path, look);
    }

    /// <summary>Z at each fraction: independent increments of S = Z√t.</summary>
    public static double[] Walk(Draws draws, IReadOnlyList<double> fractions, double drift)
    {
        var path = new double[fractions.Count];
        double sum = 0, time = 0;
        for (var k = 0; k < path.Length; k++)
        {
            var step = fractions[k] - time;
            sum += (drift * step) + (Math.Sqrt(step) * draws.Normal());
            time = fractions[k];
            path[k] = sum / Math.Sqrt(time);
        }

        return path;
    }
}
