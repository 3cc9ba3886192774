using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Sizes, power and detectable effects of two-sided tests of two arms with n_treatment = ratio · n_control; sizes are real numbers that the caller rounds up.</summary>
public static class Power
{
    /// <summary>Control size at which the pooled test finds p_t ≠ p_c with the given power.</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="alternative">p_t, in (0, 1).</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for equal proportions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    /// <remarks>(z_α √(p̄q̄(1 + 1/r)) + z_β √(p_c q_c + p_t q_t/r))² ÷ d², p̄ = (p_c + r·p_t)/(1 + r) (Fleiss, Levin &amp; Paik 2003, eq. 4.14).</remarks>
    public static Outcome<double> TwoProportionsControlSize(double baseline, double alternative, double ratio, double alpha, double power)
    {
        Shares(baseline, alternative);
        Levels(ratio, alpha, power);
        if (baseline == alternative) return Reason.NoSolution;
        double za = Normal.TwoSidedCritical(alpha), zb = Normal.Quantile(power);
        var (pooled, unpooled) = Deviations(baseline, alternative, ratio);
        return Finite(Square(Math.Max(0, (za * pooled) + (zb * unpooled)) / (alternative - baseline)));
    }

    /// <summary>Power of the pooled test at given sizes, both tails: Φ((±|d| − z_α·√(p̄q̄(1/n_c + 1/n_t))) ÷ √(p_c q_c/n_c + p_t q_t/n_t)) summed (Fleiss, Levin &amp; Paik 2003, ch. 4).</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="alternative">p_t, in (0, 1).</param>
    /// <param name="controlSize">n_c &gt; 0.</param>
    /// <param name="treatmentSize">n_t &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double TwoProportions(double baseline, double alternative, double controlSize, double treatmentSize, double alpha)
    {
        Shares(baseline, alternative);
        Check.Scale(controlSize);
        Check.Scale(treatmentSize);
        Check.Level(alpha);
        var (pooled, unpooled) = Deviations(baseline, alternative, treatmentSize / controlSize);
        var difference = Math.Abs(alternative - baseline) * Math.Sqrt(controlSize);
        var critical = Normal.TwoSidedCritical(alpha) * pooled;
        return unpooled == 0 ? 1 : Normal.Cdf((difference - critical) / unpooled) + Normal.Cdf((-difference - critical) / unpooled);
    }

    /// <summary>The smallest absolute rise (or fall, below 0) from a baseline that the pooled test finds with the given power at given sizes.</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="controlSize">n_c.</param>
    /// <param name="treatmentSize">n_t.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power.</param>
    /// <param name="direction">+1 for a rise, −1 for a fall.</param>
    /// <returns>p_t − p_c with its sign; <see cref="Reason.NoSolution"/> when even 0 or 1 is not far enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    /// <remarks>Inverts <see cref="TwoProportionsControlSize"/> (Fleiss, Levin &amp; Paik 2003, eq. 4.14); the variance is taken at the alternative, so that up and down differ.</remarks>
    public static Outcome<double> TwoProportionsDetectable(double baseline, double controlSize, double treatmentSize, double alpha, double power, int direction)
    {
        Shares(baseline, 0.5);
        Check.Scale(controlSize);
        Check.Scale(treatmentSize);
        Levels(treatmentSize / controlSize, alpha, power);
        if (direction is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(direction), direction, "+1 or −1.");
        double za = Normal.TwoSidedCritical(alpha), zb = Normal.Quantile(power), room = direction > 0 ? 1 - baseline : baseline;
        if (Excess(room) < 0) return Reason.NoSolution;
        // A power that the level alone exceeds.
        if (Excess(0) >= 0) return 0.0;
        return direction * Roots.Bracketed(Excess, 0, room);

        double Excess(double difference)
        {
            var (pooled, unpooled) = Deviations(baseline, baseline + (direction * difference), treatmentSize / controlSize);
            return (difference * Math.Sqrt(controlSize)) - (za * pooled) - (zb * unpooled);
        }
    }

    /// <summary>Control size for a difference of means with one standard deviation in both arms: (z_α + z_β)²σ²(1 + 1/r) ÷ d² (normal, elementary).</summary>
    /// <param name="standardDeviation">σ ≥ 0 of a unit.</param>
    /// <param name="difference">The difference to find, in the same unit.</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for a difference of 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> TwoMeansControlSize(double standardDeviation, double difference, double ratio, double alpha, double power)
    {
        if (standardDeviation != 0) Check.Scale(standardDeviation);
        return TwoMeansControlSize(standardDeviation, standardDeviation, difference, ratio, alpha, power);
    }

    /// <summary>Control size for a difference of means: (z_α + z_β)²(σ_c² + σ_t²/r) ÷ d² (normal, elementary).</summary>
    /// <param name="standardDeviationControl">σ_c ≥ 0 of a unit.</param>
    /// <param name="standardDeviationTreatment">σ_t ≥ 0.</param>
    /// <param name="difference">The difference to find, in the same unit.</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for a difference of 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> TwoMeansControlSize(
        double standardDeviationControl, double standardDeviationTreatment, double difference, double ratio, double alpha, double power)
    {
        if (standardDeviationControl != 0) Check.Scale(standardDeviationControl);
        if (standardDeviationTreatment != 0) Check.Scale(standardDeviationTreatment);
        return OfDeviations(standardDeviationControl, standardDeviationTreatment, difference, ratio, alpha, power);
    }

    /// <summary>The same of deviations that passed a door already.</summary>
    internal static Outcome<double> OfDeviations(double control, double treatment, double difference, double ratio, double alpha, double power)
    {
        Check.Measured(difference);
        Levels(ratio, alpha, power);
        if (difference == 0) return Reason.NoSolution;
        var z = Math.Max(0, Normal.TwoSidedCritical(alpha) + Normal.Quantile(power));
        return Finite(Square(z * control / difference) + (Square(z * treatment / difference) / ratio));
    }

    /// <summary>Power of a two-sided normal test of an effect with a given standard error, both tails: Φ(|δ|/se − z) + Φ(−|δ|/se − z) (elementary).</summary>
    /// <param name="effect">The true effect.</param>
    /// <param name="standardError">Of its estimate, &gt; 0, in the same unit.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double OfEffect(double effect, double standardError, double alpha)
    {
        Check.Measured(effect);
        Check.Scale(standardError);
        Check.Level(alpha);
        double z = Normal.TwoSidedCritical(alpha), shift = Math.Abs(effect) / standardError;
        return Normal.Cdf(shift - z) + Normal.Cdf(-shift - z);
    }

    /// <summary>Power of a one-sided normal test in the direction of the effect: Φ(|δ|/se − z_α) (elementary).</summary>
    /// <param name="effect">The true effect.</param>
    /// <param name="standardError">Of its estimate, &gt; 0, in the same unit.</param>
    /// <param name="alpha">One-sided level.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double OneSided(double effect, double standardError, double alpha)
    {
        Check.Measured(effect);
        Check.Scale(standardError);
        Check.Level(alpha);
        return Normal.Cdf((Math.Abs(effect) / standardError) - Normal.InverseSurvival(alpha));
    }

    /// <summary>The effect a two-sided normal test finds with the given power: (z_α + z_β)·se (elementary), which leaves out the far tail.</summary>
    /// <param name="standardError">Of the estimate, ≥ 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>In the unit of the standard error; 0 for a power below α/2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Detectable(double standardError, double alpha, double power)
    {
        if (standardError != 0) Check.Scale(standardError);
        Levels(1, alpha, power);
        return Math.Max(0, Normal.TwoSidedCritical(alpha) + Normal.Quantile(power)) * standardError;
    }

    /// <summary>The effect whose power, both tails counted, is exactly the one given: inverts <see cref="OfEffect"/> (by definition).</summary>
    /// <param name="standardError">Of the estimate, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>In the unit of the standard error; <see cref="Reason.NoSolution"/> for a power of at most α, which no effect at all has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> DetectableExactly(double standardError, double alpha, double power)
    {
        Check.Scale(standardError);
        Levels(1, alpha, power);
        if (power <= alpha) return Reason.NoSolution;
        var high = Normal.TwoSidedCritical(alpha) + Math.Max(1, Normal.Quantile(power) + 1);
        return standardError * Roots.Bracketed(shift => OfEffect(shift, 1, alpha) - power, 0, high);
    }

    /// <summary>√(p̄q̄(1 + 1/r)) and √(p_c q_c + p_t q_t/r).</summary>
    internal static (double Pooled, double Unpooled) Deviations(double baseline, double alternative, double ratio)
    {
        var mean = (baseline + (ratio * alternative)) / (1 + ratio);
        return (Math.Sqrt(mean * (1 - mean) * (1 + (1 / ratio))), Math.Sqrt((baseline * (1 - baseline)) + (alternative * (1 - alternative) / ratio)));
    }

    private static double Square(double x) => x * x;

    /// <summary>A size beyond a double is none.</summary>
    private static Outcome<double> Finite(double size) => double.IsFinite(size) ? size : Reason.NoSolution;

    private static void Shares(double baseline, double alternative)
    {
        Check.Level(baseline);
        Check.Level(alternative);
    }

    private static void Levels(double ratio, double alpha, double power)
    {
        Check.Spread(ratio);
        Check.Level(alpha);
        Check.Level(power);
    }
}
