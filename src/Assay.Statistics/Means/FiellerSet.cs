namespace Assay.Statistics;

/// <summary>The confidence set of a ratio of means, less one: {R − 1 : (t − R c)² ≤ q²(V_t − 2R·cov + R²V_c)} (Fieller 1954).</summary>
/// <param name="Kind">Whether the set is an interval, the outside of one, or the whole line.</param>
/// <param name="Lower">Lower end; NaN for the whole line.</param>
/// <param name="Upper">Upper end; NaN for the whole line.</param>
/// <param name="Noise">g = q²V_c ÷ c²: the set is an interval when g &lt; 1.</param>
public readonly record struct FiellerSet(FiellerKind Kind, double Lower, double Upper, double Noise)
{
    /// <summary>The set for two estimates.</summary>
    /// <param name="control">The denominator.</param>
    /// <param name="treatment">The numerator.</param>
    /// <param name="criticalValue">q ≥ 0, the half-width multiplier.</param>
    /// <param name="covariance">Covariance of the two estimates; 0 for independent arms.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative or infinite multiplier.</exception>
    public static FiellerSet Of(Estimate control, Estimate treatment, double criticalValue, double covariance = 0)
    {
        Check.NonNegative(criticalValue);
        double c = control.Value, t = treatment.Value, square = criticalValue * criticalValue;
        var a = (c * c) - (square * control.Variance);
        // The discriminant b² − a·e without the cancelling square of c·t.
        var discriminant = (square * ((c * c * treatment.Variance) + (t * t * control.Variance) - (2 * c * t * covariance)))
            - (square * square * ((control.Variance * treatment.Variance) - (covariance * covariance)));
        var noise = square * control.Variance / (c * c);
        var centre = (c * (t - c)) + (square * (control.Variance - covariance));
        if (a > 0)
        {
            var root = Math.Sqrt(Math.Max(0, discriminant));
            return new FiellerSet(FiellerKind.Interval, (centre - root) / a, (centre + root) / a, noise);
        }

        if (!(a < 0 && discriminant > 0)) return new FiellerSet(FiellerKind.WholeLine, double.NaN, double.NaN, noise);
        var width = Math.Sqrt(discriminant);
        return new FiellerSet(FiellerKind.Complement, (centre + width) / a, (centre - width) / a, noise);
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
