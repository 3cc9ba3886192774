namespace Assay.Statistics.Distributions;

/// <summary>The gamma distribution with unit rate.</summary>
/// <remarks>Density xᵃ⁻¹e⁻ˣ ÷ Γ(a), shape a between 1e-9 and 1e20; P(X ≤ x) = P(a, x) (DLMF 8.2.4). Quantiles invert the smaller tail; the one at 1 is +∞, and the logarithm of a probability of 0 is −∞.</remarks>
public static class Gamma
{
    /// <summary>P(X ≤ x) for shape a.</summary>
    public static double Cdf(double x, double shape) => Math.Exp(LogCdf(x, shape));

    /// <summary>P(X &gt; x).</summary>
    public static double Survival(double x, double shape) => Math.Exp(LogSurvival(x, shape));

    /// <summary>ln P(X ≤ x); −∞ where that is 0.</summary>
    public static double LogCdf(double x, double shape)
    {
        Check.Number(x);
        Check.Shape(shape);
        return IncompleteGamma.LogTails(shape, x).Lower;
    }

    /// <summary>ln P(X &gt; x); −∞ where that is 0.</summary>
    public static double LogSurvival(double x, double shape)
    {
        Check.Number(x);
        Check.Shape(shape);
        return IncompleteGamma.LogTails(shape, x).Upper;
    }

    /// <summary>x with P(X ≤ x) = p; +∞ at 1.</summary>
    public static double Quantile(double p, double shape)
    {
        Check.Probability(p);
        return p <= 0.5 ? Inverse(p, shape, lower: true) : Inverse(1 - p, shape, lower: false);
    }

    /// <summary>x with P(X &gt; x) = q; +∞ at 0.</summary>
    public static double InverseSurvival(double q, double shape)
    {
        Check.Probability(q);
        return q <= 0.5 ? Inverse(q, shape, lower: false) : Inverse(1 - q, shape, lower: true);
    }

    private static double Inverse(double probability, double shape, bool lower)
    {
        Check.Shape(shape);
        if (probability == 0) return lower ? 0 : double.PositiveInfinity;
        var target = Math.Log(probability);
        var guess = Guess(probability, shape, lower);
        return Math.Exp(Roots.Monotone(new Excess(target, shape, lower), Math.Log(guess), 0.1 / Math.Sqrt(1 + shape)));
    }

    /// <summary>Wilson &amp; Hilferty's cube (1931), or the leading term of the lower tail where the cube is negative.</summary>
    private static double Guess(double probability, double shape, bool lower)
    {
        var z = Normal.InverseSurvival(probability) * (lower ? -1 : 1);
        var root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        if (root > 0.1) return shape * root * root * root;
        return Math.Max(double.Epsilon * 1e10, Math.Exp((Math.Log(lower ? probability : 1 - probability) + LogGamma.Of(shape + 1)) / shape));
    }

    private readonly struct Excess(double target, double shape, bool lower) : IFunction
    {
        public double At(double log)
        {
            var (left, right) = IncompleteGamma.LogTails(shape, Math.Exp(log));
            return Math.Clamp((lower ? left : right) - target, -1e300, 1e300);
        }
    }
}
