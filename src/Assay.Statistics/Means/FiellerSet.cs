namespace Assay.Statistics;

/// <summary>The confidence set of a ratio of means, less one: {R − 1 : (t − R c)² ≤ q²(V_t − 2R·cov + R²V_c)} (Fieller 1954).</summary>
/// <param name="Kind">Whether the set is an interval, the outside of one, or the whole line.</param>
/// <param name="Lower">Lower end; −∞ for the whole line.</param>
/// <param name="Upper">Upper end; +∞ for the whole line.</param>
/// <param name="Noise">g = q²V_c ÷ c²: the set is an interval when g &lt; 1; +∞ for c = 0.</param>
public readonly record struct FiellerSet(FiellerKind Kind, double Lower, double Upper, double Noise)
{
    /// <summary>The set for two estimates.</summary>
    /// <param name="control">The denominator.</param>
    /// <param name="treatment">The numerator.</param>
    /// <param name="criticalValue">q ≥ 0, the half-width multiplier.</param>
    /// <param name="covariance">Covariance of the two estimates, at most the product of their standard errors; 0 for independent arms.</param>
    /// <exception cref="ArgumentOutOfRangeException">An estimate that is not finite, a covariance that no correlation gives, or a negative or infinite multiplier.</exception>
    public static FiellerSet Of(Estimate control, Estimate treatment, double criticalValue, double covariance = 0)
    {
        Finite(control, nameof(control));
        Finite(treatment, nameof(treatment));
        Check.NonNegative(criticalValue);
        if (!(Math.Abs(covariance) <= control.StandardError * treatment.StandardError * (1 + 1e-9))) throw new ArgumentOutOfRangeException(nameof(covariance), covariance, "A covariance is at most the product of the standard errors.");
        // In units of a power of two near the largest of the four, so that no square leaves the range of a double.
        var largest = Math.Max(Math.Max(Math.Abs(control.Value), Math.Abs(treatment.Value)), criticalValue * Math.Max(control.StandardError, treatment.StandardError));
        if (largest == 0 || double.IsInfinity(largest)) return new FiellerSet(FiellerKind.WholeLine, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity);
        var unit = Math.ScaleB(1, Math.ILogB(largest));
        double c = control.Value / unit, d = (treatment.Value / unit) - (control.Value / unit), q = criticalValue / unit;
        double vc = q * control.Variance * q, vt = q * treatment.Variance * q, cov = q * covariance * q, noise = vc == 0 && c == 0 ? double.PositiveInfinity : vc / c / c;
        // In L = R − 1: a·L² − 2b·L + e ≤ 0, and b² − a·e without the cancelling square of c·d.
        double a = (c * c) - vc, b = (c * d) + vc - cov, e = (d * d) - (vt - (2 * cov) + vc), t = treatment.Value / unit;
        var discriminant = (c * c * vt) + (t * t * vc) - (2 * c * t * cov) - ((vc * vt) - (cov * cov));
        if (a > 0)
        {
            // The root next to 0 from the product e/a, so that the set excludes 0 exactly when the difference is significant.
            var far = b + Math.CopySign(Math.Sqrt(Math.Max(0, discriminant)), b);
            double one = far / a, other = far == 0 ? 0 : e / far;
            return new FiellerSet(FiellerKind.Interval, Math.Min(one, other), Math.Max(one, other), noise);
        }

        if (!(a < 0 && discriminant > 0)) return new FiellerSet(FiellerKind.WholeLine, double.NegativeInfinity, double.PositiveInfinity, noise);
        var edge = b + Math.CopySign(Math.Sqrt(discriminant), b);
        return new FiellerSet(FiellerKind.Complement, Math.Min(edge / a, e / edge), Math.Max(edge / a, e / edge), noise);
    }

    private static void Finite(Estimate estimate, string name)
    {
        Check.Estimate(estimate, name);
        if (!double.IsFinite(estimate.Value) || !double.IsFinite(estimate.Variance)) throw new ArgumentOutOfRangeException(name, estimate, "Must be finite.");
    }
}

/// <summary>The shape of a <see cref="FiellerSet"/>.</summary>
public enum FiellerKind
{
    /// <summary>[Lower, Upper].</summary>
    Interval,

    /// <summary>Everything outside (Lower, Upper): the control mean is not distinguishable from 0.</summary>
    Complement,

    /// <summary>Every ratio is compatible with the data.</summary>
    WholeLine,
}
