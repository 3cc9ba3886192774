using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Derivations;

/// <summary>The plainest way to functions that formulas name, slow and apart from the library's own.</summary>
internal static class SpecialFunctions
{
    /// <summary>Stirling's series beyond 20, by the recurrence below.</summary>
    public static double LogGamma(double x)
    {
        double below = 0;
        for (; x < 20; x++) below += Math.Log(x);
        var square = x * x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * square)) + (1 / (1260 * x * square * square)) - (1 / (1680 * x * square * square * square)) - below;
    }

    /// <summary>Upper tail of χ² with whole degrees of freedom, by its finite sums.</summary>
    public static double ChiSquareSurvival(double x, int degrees)
    {
        var isOdd = degrees % 2 == 1;
        var sum = isOdd ? 2 * Normal.Survival(Math.Sqrt(x)) : 0;
        var term = isOdd ? 2 * Math.Sqrt(x) * Normal.Density(Math.Sqrt(x)) : Math.Exp(-x / 2);
        for (var k = isOdd ? 3 : 2; k <= degrees; k += 2)
        {
            sum += term;
            term *= x / k;
        }

        return sum;
    }

    /// <summary>w below −1 with w·eʷ = x, by bisection.</summary>
    public static double LowerLambert(double x)
    {
        double low = -800, high = -1;
        for (var i = 0; i < 200; i++)
        {
            var middle = 0.5 * (low + high);
            if (middle * Math.Exp(middle) > x) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    /// <summary>Variance of a difference of proportions at the likeliest pair that differs by δ, found by bisection on the derivative of the likelihood.</summary>
    public static double ScoreVariance(double xc, double nc, double xt, double nt, double delta)
    {
        double low = Math.Max(0, -delta), high = Math.Min(1, 1 - delta);
        for (var i = 0; i < 200; i++)
        {
            var p = 0.5 * (low + high);
            var slope = (xc / p) - ((nc - xc) / (1 - p)) + (xt / (p + delta)) - ((nt - xt) / (1 - p - delta));
            if (slope > 0) low = p;
            else high = p;
        }

        var share = 0.5 * (low + high);
        return (share * (1 - share) / nc) + ((share + delta) * (1 - share - delta) / nt);
    }
}
