namespace Assay.Statistics.Distributions;

/// <summary>Student's upper tail at many degrees of freedom, by its expansion about the normal tail.</summary>
/// <remarks>
/// With w² = ν·ln(1 + t²/ν) the density of T is C·φ(w)·√(y ÷ (1 − e⁻ʸ)) dw at y = w²/ν; the root is Σ gⱼyʲ, and ∫_w^∞ φ(s)s²ʲ ds = Jⱼ = w²ʲ⁻¹φ(w) + (2j − 1)Jⱼ₋₁.
/// Integrated term by term, over the same sum from −∞ on for C; every Jⱼ is positive, so the tail keeps its digits.
/// </remarks>
internal static class StudentSeries
{
    /// <summary>gⱼ for j = 1…11.</summary>
    private static readonly double[] Coefficients =
    [
        1.0 / 4, 1.0 / 96, -1.0 / 384, -1.0 / 10240, 19.0 / 368640, 79.0 / 61931520, -55.0 / 49545216, -2339.0 / 118908518400, 11813.0 / 475634073600, 677.0 / 1993133260800, -2117.0 / 3720515420160,
    ];

    /// <summary>P(T &gt; t) for t ≥ 0, or false where twelve terms are not enough for a double's digits.</summary>
    public static bool TrySurvival(double t, double degreesOfFreedom, out double survival)
    {
        survival = 0;
        // The first terms left out are about 1e-11·((w² + 26)/ν)¹³.
        var square = t * t;
        if (!(square + 26 <= 0.4 * degreesOfFreedom)) return false;
        var w = Math.Sqrt(degreesOfFreedom * Elementary.LogOnePlus(square / degreesOfFreedom));
        double tail = Normal.Survival(w), edge = Normal.Density(w), whole = 1, power = w, scale = 1;
        double sum = tail, total = 1;
        for (var j = 0; j < Coefficients.Length; j++)
        {
            var odd = (2 * j) + 1;
            tail = (power * edge) + (odd * tail);
            whole *= odd;
            power *= w * w;
            scale /= degreesOfFreedom;
            var factor = Coefficients[j] * scale;
            sum += factor * tail;
            total += factor * whole;
            if (whole * scale < 1e-30 && tail * scale < 1e-30 * sum) break;
        }

        survival = sum / total;
        return true;
    }
}
