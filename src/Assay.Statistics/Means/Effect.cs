using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The effect of a treatment as a difference, or relative to the control.</summary>
public static class Effect
{
    /// <summary>Treatment minus control, for independent arms, in the metric's unit.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it and in its unit.</param>
    /// <remarks>Var = V_c + V_t; degrees of freedom (V_c + V_t)² ÷ (V_c²/ν_c + V_t²/ν_t) (Welch 1947; Satterthwaite 1946), infinite when both arms' are or neither varies.</remarks>
    public static Estimate Absolute(Estimate control, Estimate treatment)
    {
        Check.Addend(control);
        Check.Addend(treatment);
        return Difference(control, treatment);
    }

    /// <summary>The same of estimates that passed a door already.</summary>
    internal static Estimate Difference(Estimate control, Estimate treatment)
    {
        var variance = control.Variance + treatment.Variance;
        double c = control.Variance / variance, t = treatment.Variance / variance;
        var inverse = variance > 0 ? (c * c / control.DegreesOfFreedom) + (t * t / treatment.DegreesOfFreedom) : 0;
        return new Estimate(treatment.Value - control.Value, variance, inverse > 0 ? 1 / inverse : double.PositiveInfinity);
    }

    /// <summary>(t − c) ÷ |c| with Fieller's interval at level 1 − α, which excludes 0 exactly when the test of the difference rejects.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it and in its unit.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <returns>Ends as fractions (0.05 is 5 %); <see cref="Reason.ZeroBaseline"/> where the set is no interval, because the control mean is not distinguishable from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    /// <remarks>The multiplier is Student's quantile at the degrees of freedom of <see cref="Absolute"/> (normal when they are infinite). Fieller (1954).</remarks>
    public static Outcome<Interval> RelativeFieller(Estimate control, Estimate treatment, double alpha)
    {
        Check.Level(alpha);
        var critical = StudentT.TwoSidedCritical(alpha, Absolute(control, treatment).DegreesOfFreedom);
        // A quantile beyond a double admits every ratio.
        return RelativeFiellerAt(control, treatment, Math.Min(critical, double.MaxValue));
    }

    /// <summary>Fieller's interval (1954) of (t − c) ÷ |c| with the half-width multiplier given, for always-valid and group-sequential bounds.</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it and in its unit.</param>
    /// <param name="criticalValue">q ≥ 0: half-width of the difference's interval over its standard error.</param>
    /// <returns>Ends as fractions; <see cref="Reason.ZeroBaseline"/> where the set is no interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative or infinite multiplier.</exception>
    public static Outcome<Interval> RelativeFiellerAt(Estimate control, Estimate treatment, double criticalValue)
    {
        Check.NonNegative(criticalValue);
        if (Refusal(control, treatment) is { } reason) return reason;
        var set = FiellerSet.Of(control, treatment, criticalValue);
        if (set.Kind != FiellerKind.Interval) return Reason.ZeroBaseline;
        return control.Value > 0 ? new Interval(set.Lower, set.Upper) : new Interval(-set.Upper, -set.Lower);
    }

    /// <summary>(t − c) ÷ |c| with the variance of the delta method, V_t/c² + t²V_c/c⁴, and the degrees of freedom of <see cref="Absolute"/> (Casella &amp; Berger 2002, §5.5.4).</summary>
    /// <param name="control">The control mean.</param>
    /// <param name="treatment">The treatment mean, independent of it and in its unit.</param>
    /// <returns>A fraction; <see cref="Reason.ZeroBaseline"/> for a control mean of 0.</returns>
    /// <remarks>Symmetric, so it errs to one side when the control mean is noisy; decide by the difference, and prefer <see cref="RelativeFieller"/>.</remarks>
    public static Outcome<Estimate> RelativeDelta(Estimate control, Estimate treatment)
    {
        if (Refusal(control, treatment) is { } reason) return reason;
        var difference = Absolute(control, treatment);
        var ratio = treatment.Value / control.Value;
        var variance = (treatment.Variance / control.Value / control.Value) + (ratio * ratio * (control.Variance / control.Value / control.Value));
        var relative = new Estimate(difference.Value / Math.Abs(control.Value), variance, difference.DegreesOfFreedom);
        return double.IsFinite(relative.Value) && double.IsFinite(variance) ? relative : Reason.Overflow;
    }

    /// <summary>(t − c) ÷ c by the normal interval of ln(t/c): (t/c)·exp(±z√(V_c/c² + V_t/t²)) − 1, for two positive means (delta method; Casella &amp; Berger 2002, §5.5.4).</summary>
    /// <param name="control">The control mean, &gt; 0.</param>
    /// <param name="treatment">The treatment mean, &gt; 0.</param>
    /// <param name="alpha">Two-sided level in (0, 1).</param>
    /// <returns>Ends as fractions; <see cref="Reason.ZeroBaseline"/> unless both means are positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public static Outcome<Interval> RelativeLog(Estimate control, Estimate treatment, double alpha)
    {
        Check.Level(alpha);
        if (Refusal(control, treatment) is { } reason) return reason;
        if (!(control.Value > 0 && treatment.Value > 0)) return Reason.ZeroBaseline;
        var radius = Normal.TwoSidedCritical(alpha) * Math.Sqrt((control.Variance / control.Value / control.Value) + (treatment.Variance / treatment.Value / treatment.Value));
        var log = Math.Log(treatment.Value / control.Value);
        if (!double.IsFinite(log) || !double.IsFinite(radius)) return Reason.Overflow;
        var upper = Elementary.ExpMinusOne(log + radius);
        return double.IsFinite(upper) ? new Interval(Elementary.ExpMinusOne(log - radius), upper) : Reason.Overflow;
    }

    private static Reason? Refusal(Estimate control, Estimate treatment)
    {
        Check.Addend(control);
        Check.Addend(treatment);
        if (control.Value == 0) return Reason.ZeroBaseline;
        if (double.IsNaN(control.Variance) || double.IsNaN(treatment.Variance)) return Reason.TooFewUnits;
        var (value, variance) = (Math.Abs(control.Value) + Math.Abs(treatment.Value), control.Variance + treatment.Variance);
        return double.IsFinite(value) && double.IsFinite(variance) ? null : Reason.Overflow;
    }
}
