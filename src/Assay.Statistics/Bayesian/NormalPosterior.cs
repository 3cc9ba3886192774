using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The conjugate update of a normal mean with known variance (Bernardo &amp; Smith 1994, §5.2).</summary>
public static class NormalPosterior
{
    /// <summary>The posterior of an effect under a normal prior (Value and Variance of <paramref name="prior"/>), or under the flat prior when it is null: v = 1/(1/V + 1/V₀), m = v(d/V + m₀/V₀).</summary>
    /// <param name="effect">The estimate, in the metric's unit.</param>
    /// <param name="prior">The prior in the same unit, or null.</param>
    /// <returns><see cref="Reason.NoVariance"/> or <see cref="Reason.TooFewUnits"/> where the effect has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A prior variance that is not positive.</exception>
    public static Outcome<Estimate> Of(Estimate effect, Estimate? prior)
    {
        Check.Estimate(effect);
        if (Check.Refusal(effect) is { } reason) return reason;
        if (prior is not { } belief) return effect with { DegreesOfFreedom = double.PositiveInfinity };
        Check.Positive(belief.Variance, nameof(prior));
        Check.Finite(belief.Value, nameof(prior));
        double weight = belief.Variance / (belief.Variance + effect.Variance), rest = effect.Variance / (belief.Variance + effect.Variance);
        var posterior = new Estimate((weight * effect.Value) + (rest * belief.Value), weight * effect.Variance, double.PositiveInfinity);
        return posterior.Variance > 0 ? posterior : Reason.Overflow;
    }

    /// <summary>Probabilities below −r, within ±r and above r, each with its own relative precision in the tails.</summary>
    /// <param name="posterior">A normal posterior.</param>
    /// <param name="radius">r ≥ 0, the region of practical equivalence, in the posterior's unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A radius that is negative or not finite.</exception>
    public static (double Below, double Within, double Above) Region(Estimate posterior, double radius)
    {
        Check.NonNegative(radius);
        Check.Estimate(posterior);
        Check.Positive(posterior.Variance, nameof(posterior));
        Check.Finite(posterior.Value, nameof(posterior));
        double m = posterior.Value, s = posterior.StandardError, low = (-radius - m) / s, high = (radius - m) / s;
        // The middle as a difference of the two tails on its own side, or as an integral where it is too narrow for that.
        var within = high - low < 0.5 ? GaussLegendre.Sixteen.Integrate(default(Bell), low, high) : low > 0 ? Normal.Survival(low) - Normal.Survival(high) : Normal.Cdf(high) - Normal.Cdf(low);
        return (Normal.Cdf(low), within, Normal.Survival(high));
    }

    /// <summary>E[X⁺] = s·φ(m/s) + m·Φ(m/s) for X ~ N(m, s²), without cancellation when m/s is far below 0.</summary>
    /// <param name="mean">m.</param>
    /// <param name="deviation">s &gt; 0.</param>
    internal static double PositivePart(double mean, double deviation)
    {
        Check.Finite(mean);
        Check.Positive(deviation);
        var z = mean / deviation;
        if (z < -40) return 0;
        if (z > -3) return (deviation * Normal.Density(z)) + (mean * Normal.Cdf(z));
        // φ(t) − t·Φ(−t) = φ(t)·∫₀^∞ s·exp(−ts − s²/2) ds at t = −z, cut where the integrand is e⁻⁴⁵.
        var t = -z;
        var integral = GaussLegendre.Forty.Integrate(new Beyond(t), 0, 90 / (t + Math.Sqrt((t * t) + 90)));
        return deviation * Normal.Density(t) * integral;
    }

    private readonly struct Bell : IFunction
    {
        public double At(double x) => Normal.Density(x);
    }

    /// <summary>s·exp(−ts − s²/2).</summary>
    private readonly struct Beyond(double t) : IFunction
    {
        public double At(double x) => x * Math.Exp(-x * (t + (0.5 * x)));
    }
}
