using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Control sizes for two proportions by formulas other than the pooled test's; two-sided levels (a one-sided α is given as 2α).</summary>
public static class ProportionSizes
{
    /// <summary>(z_α + z_β)²(p_c q_c + p_t q_t/r) ÷ d²: the unpooled test (Chow, Shao &amp; Wang 2008, §4.2).</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="alternative">p_t, in (0, 1).</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for equal proportions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> Unpooled(double baseline, double alternative, double ratio, double alpha, double power)
    {
        Check.Level(baseline);
        Check.Level(alternative);
        return Power.OfDeviations(Deviation(baseline), Deviation(alternative), alternative - baseline, ratio, alpha, power);
    }

    /// <summary>(z_α + z_β)²(1 + 1/r) ÷ h² with h = 2 asin √p_t − 2 asin √p_c (Cohen 1988).</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="alternative">p_t, in (0, 1).</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for equal proportions.</returns>
    public static Outcome<double> Arcsine(double baseline, double alternative, double ratio, double alpha, double power)
    {
        Check.Level(baseline);
        Check.Level(alternative);
        return Power.OfDeviations(1, 1, 2 * (Math.Asin(Math.Sqrt(alternative)) - Math.Asin(Math.Sqrt(baseline))), ratio, alpha, power);
    }

    /// <summary>The size with a continuity correction: n/4·(1 + √(1 + 2(r + 1)/(n r |d|)))² (Fleiss, Tytun &amp; Ury 1980).</summary>
    /// <param name="size">n, the control size without correction, &gt; 0.</param>
    /// <param name="difference">d = p_t − p_c, in (−1, 1).</param>
    /// <param name="ratio">r = n_t ÷ n_c, &gt; 0.</param>
    /// <returns>Control units, a real number; <see cref="Reason.NoSolution"/> for a difference of 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> WithContinuity(double size, double difference, double ratio)
    {
        if (size != 0) Check.Scale(size);
        Check.Spread(ratio);
        if (!(Math.Abs(difference) < 1)) throw new ArgumentOutOfRangeException(nameof(difference), difference, "A difference of two proportions.");
        if (difference == 0) return Reason.NoSolution;
        if (size == 0) return 0.0;
        var root = 1 + Math.Sqrt(1 + (2 * (1 + (1 / ratio)) / size / Math.Abs(difference)));
        var corrected = size / 4 * root * root;
        return double.IsFinite(corrected) ? corrected : Reason.NoSolution;
    }

    /// <summary>Non-inferiority with an absolute margin: the unpooled size with d + margin for the difference (Chow, Shao &amp; Wang 2008, §4.2).</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="alternative">p_t at which the power is wanted, in (0, 1).</param>
    /// <param name="margin">&gt; 0, on the scale of the proportions.</param>
    /// <param name="ratio">n_t ÷ n_c, &gt; 0.</param>
    /// <param name="alpha">Two-sided level: twice the one-sided.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Outcome<double> NonInferiority(double baseline, double alternative, double margin, double ratio, double alpha, double power)
    {
        Check.Level(baseline);
        Check.Level(alternative);
        Check.Level(margin);
        return Power.OfDeviations(Deviation(baseline), Deviation(alternative), alternative - baseline + margin, ratio, alpha, power);
    }

    /// <summary>The smallest rise (+1) or fall (−1) that the unpooled test finds with the given power: inverts <see cref="Unpooled"/> (by definition).</summary>
    /// <param name="baseline">p_c, in (0, 1).</param>
    /// <param name="controlSize">n_c &gt; 0.</param>
    /// <param name="treatmentSize">n_t &gt; 0.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <param name="direction">+1 or −1.</param>
    /// <returns>p_t − p_c with its sign; <see cref="Reason.NoSolution"/> when even 0 or 1 is not far enough.</returns>
    public static Outcome<double> UnpooledDetectable(double baseline, double controlSize, double treatmentSize, double alpha, double power, int direction)
    {
        Check.Level(baseline);
        Check.Scale(controlSize);
        Check.Scale(treatmentSize);
        Check.Level(alpha);
        Check.Level(power);
        if (direction is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(direction), direction, "+1 or −1.");
        var room = direction > 0 ? 1 - baseline : baseline;
        var z = Normal.TwoSidedCritical(alpha) + Normal.Quantile(power);
        if (Excess(room) < 0) return Reason.NoSolution;
        // A power that the level alone exceeds.
        return Excess(0) >= 0 ? 0 : direction * Roots.Bracketed(Excess, 0, room);

        double Excess(double difference)
        {
            var alternative = baseline + (direction * difference);
            return difference - (z * Math.Sqrt((baseline * (1 - baseline) / controlSize) + (alternative * (1 - alternative) / treatmentSize)));
        }
    }

    private static double Deviation(double share) => Math.Sqrt(share * (1 - share));
}
