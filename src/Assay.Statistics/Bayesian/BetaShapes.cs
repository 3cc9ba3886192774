using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A Beta(a, b) variable by its shapes and cumulants.</summary>
internal readonly record struct BetaShapes(double A, double B)
{
    /// <summary>1 − X.</summary>
    public BetaShapes Mirror() => new(B, A);

    public double Smallest => Math.Min(A, B);

    public double Mean => A / (A + B);

    public double Variance => A / (A + B) * (B / (A + B)) / (A + B + 1);

    /// <summary>E(x − mean)³.</summary>
    public double ThirdCumulant => 2 * (B - A) / (A + B) / (A + B + 2) * Variance;

    /// <summary>E(x − mean)⁴ − 3·variance².</summary>
    public double FourthCumulant
    {
        get
        {
            double n = A + B, variance = Variance;
            return 6 * variance * variance * ((((A - B) / A * ((A - B) / B)) * (n + 1)) - (n + 2)) / ((n + 2) * (n + 3));
        }
    }

    /// <summary>This mean less another one, with the products exact enough: (a₁b₂ − a₂b₁) ÷ (n₁n₂).</summary>
    public double Less(BetaShapes other)
    {
        var product = other.A * B;
        return (Math.FusedMultiplyAdd(A, other.B, -product) - Math.FusedMultiplyAdd(other.A, B, -product)) / ((A + B) * (other.A + other.B));
    }

    /// <summary>ln of the density on the logit scale, xᵃ(1 − x)ᵇ ÷ B(a, b).</summary>
    public double LogKernel(double x, double rest) => IncompleteBeta.LogKernel(A, B, x, rest);
}
