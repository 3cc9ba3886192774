namespace Assay.Statistics;

/// <summary>Whether a treatment is no worse than a fraction of the control allows.</summary>
public static class NonInferiority
{
    /// <summary>L = m_t − (1 − s·margin)·m_c: non-inferior when s·L is shown to be above 0.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean.</param>
    /// <param name="marginFraction">The margin as a fraction of the control mean, ≥ 0.</param>
    /// <param name="sign">s: +1 when an increase is desired, −1 when a decrease is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative margin, or a sign other than ±1.</exception>
    /// <remarks>Variance V_t + (1 − s·margin)²V_c and Satterthwaite's degrees of freedom: no variance of a ratio, and exact with Fieller (Sasabuchi 1980).</remarks>
    public static Estimate Contrast(Estimate control, Estimate treatment, double marginFraction, int sign)
    {
        Check.NonNegative(marginFraction);
        if (sign is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(sign), sign, "+1 or −1.");
        Check.Addend(control);
        Check.Addend(treatment);
        Check.Measured(marginFraction);
        var factor = 1 - (sign * marginFraction);
        return Effect.Difference(new Estimate(factor * control.Value, factor * factor * control.Variance, control.DegreesOfFreedom), treatment);
    }
}
