namespace Assay.Statistics;

/// <summary>The symmetric matrix (a, b; b, c).</summary>
internal readonly record struct Symmetric2x2(double A, double B, double C)
{
    /// <summary>x xᵀ.</summary>
    public static Symmetric2x2 Square((double First, double Second) x) => new(x.First * x.First, x.First * x.Second, x.Second * x.Second);

    public static Symmetric2x2 operator +(Symmetric2x2 left, Symmetric2x2 right) => new(left.A + right.A, left.B + right.B, left.C + right.C);

    /// <summary>Σ of the squares of all four elements.</summary>
    public double SquaredNorm => (A * A) + (2 * B * B) + (C * C);

    public (double First, double Second) Times((double First, double Second) x) => ((A * x.First) + (B * x.Second), (B * x.First) + (C * x.Second));

    /// <summary>(I − this)^(−1/2), or null where I − this is singular to rounding.</summary>
    /// <remarks>√M = (M + √|M|·I) ÷ √(tr M + 2√|M|) for a positive definite M of two rows (Cayley–Hamilton).</remarks>
    public Symmetric2x2? InverseRootOfComplement()
    {
        const double singular = 1e-11;
        double a = 1 - A, c = 1 - C, determinant = (a * c) - (B * B);
        if (!(determinant > singular)) return null;
        var root = Math.Sqrt(determinant);
        var scale = root * Math.Sqrt(a + c + (2 * root));
        return new Symmetric2x2((c + root) / scale, B / scale, (a + root) / scale);
    }
}
