using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Posterior comparison of two arms, by quadrature: no draws, no seed.</summary>
/// <remarks>Conjugate posteriors (Bernardo &amp; Smith 1994, §5.2); expected loss E[(other − chosen)⁺] as in Stucchio (2015). A posterior is as right as its prior, and is no error rate.</remarks>
public static class Bayes
{
    /// <summary>With more on either side a double no longer tells a rate from one that lies a 1e-8th of its deviation away.</summary>
    private const double MostExact = 1e14;

    /// <summary>Two proportions under independent Beta priors, exactly: p ~ Beta(a + x, b + n − x), P(t &gt; c) = ∫ f_t F_c.</summary>
    /// <param name="controlSuccesses">x_c, between 0 and n_c.</param>
    /// <param name="controlCount">n_c, 0 for the prior alone.</param>
    /// <param name="treatmentSuccesses">x_t, between 0 and n_t.</param>
    /// <param name="treatmentCount">n_t.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval; in (0, 1).</param>
    /// <param name="priorA">a of both arms, between 1e-3 and 1e12.</param>
    /// <param name="priorB">b of both arms, likewise.</param>
    /// <returns><see cref="Reason.Overflow"/> where an arm has more than 1e14 both of successes and of failures, the prior's included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, α outside (0, 1), or a prior that is not positive.</exception>
    public static Outcome<PosteriorComparison> Proportions(
        long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha, double priorA = 1, double priorB = 1)
    {
        Check.Level(alpha);
        var comparison = Compare(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount, priorA, priorB);
        return comparison is { } known ? known.Describe(alpha) : Reason.Overflow;
    }

    /// <summary>The credible interval of the lift p_t/p_c − 1 under the same posteriors: α/2 beyond each end, by P(p_t &gt; r·p_c) = ∫ f_c(u)·(1 − F_t(ru)) du.</summary>
    /// <param name="controlSuccesses">x_c, between 0 and n_c.</param>
    /// <param name="controlCount">n_c, 0 for the prior alone.</param>
    /// <param name="treatmentSuccesses">x_t, between 0 and n_t.</param>
    /// <param name="treatmentCount">n_t.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval; in (0, 1).</param>
    /// <param name="priorA">a of both arms, between 1e-3 and 1e12.</param>
    /// <param name="priorB">b of both arms, likewise.</param>
    /// <returns>Shares of the control: 0.1 is ten percent more; an upper end is +∞ where it is beyond a double. <see cref="Reason.Overflow"/> where an arm has more than 1e14 both of successes and of failures, the prior's included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count, α outside (0, 1), or a prior that is not positive.</exception>
    public static Outcome<Interval> ProportionLift(
        long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha, double priorA = 1, double priorB = 1)
    {
        Check.Level(alpha);
        var comparison = Compare(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount, priorA, priorB);
        return comparison is { } known ? known.Lift(alpha) : Reason.Overflow;
    }

    /// <summary>Any metric under a flat prior: the posterior of the effect is normal with the estimate's mean and variance.</summary>
    /// <param name="effect">Treatment minus control.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval; in (0, 1).</param>
    /// <returns><see cref="Reason.NoVariance"/> or <see cref="Reason.TooFewUnits"/> where the effect has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public static Outcome<PosteriorComparison> Means(Estimate effect, double alpha) => Means(effect, alpha, prior: null);

    /// <summary>Any metric under a normal prior on the effect, in the metric's unit; null is the flat prior.</summary>
    /// <param name="effect">Treatment minus control.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval; in (0, 1).</param>
    /// <param name="prior">Value and variance of the prior.</param>
    /// <returns><see cref="Reason.NoVariance"/> or <see cref="Reason.TooFewUnits"/> where the effect has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1), or a prior variance that is not positive.</exception>
    /// <remarks>Precision adds: v = 1/(1/V + 1/V₀), m = v(d/V + m₀/V₀); the loss of treatment is s·φ(m/s) − m·Φ(−m/s).</remarks>
    public static Outcome<PosteriorComparison> Means(Estimate effect, double alpha, Estimate? prior)
    {
        Check.Level(alpha);
        return NormalPosterior.Of(effect, prior).Select(posterior =>
        {
            double m = posterior.Value, s = posterior.StandardError, radius = Normal.TwoSidedCritical(alpha) * s;
            return new PosteriorComparison(Normal.Survival(-m / s), NormalPosterior.PositivePart(m, s), NormalPosterior.PositivePart(-m, s), new Interval(m - radius, m + radius))
            {
                ProbabilityControlBeatsTreatment = Normal.Survival(m / s),
            };
        });
    }

    /// <summary>Null where a double cannot tell the posteriors.</summary>
    private static BetaComparison? Compare(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double priorA, double priorB)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        Check.Prior(priorA);
        Check.Prior(priorB);
        BetaShapes control = new(priorA + controlSuccesses, priorB + (controlCount - controlSuccesses)), treatment = new(priorA + treatmentSuccesses, priorB + (treatmentCount - treatmentSuccesses));
        if (control.Smallest > MostExact || treatment.Smallest > MostExact) return null;
        return new BetaComparison(control, treatment);
    }
}
