namespace Assay.Statistics;

/// <summary>The relative effect of adjusted means with the whole gradient of the delta method, the pooled covariate mean included.</summary>
/// <remarks>Var = Σ over arms of gᵀΣg/n, g the gradient in that arm's means of y and of every covariate (delta method; Deng, Knoblich &amp; Lu 2018, §2). Lifts are fractions.</remarks>
public static class AdjustedLift
{
    /// <summary>adjusted_t ÷ adjusted_c − 1.</summary>
    /// <param name="control">The moments that were adjusted: column 0 the metric, the others covariates.</param>
    /// <param name="treatment">The same of the treatment arm.</param>
    /// <param name="adjustment">What <see cref="CovariateAdjustment"/> made of them, with one θ for both arms.</param>
    /// <returns><see cref="Reason.ZeroBaseline"/> when the adjusted control mean is 0.</returns>
    public static Outcome<Estimate> OfAdjusted(JointMoments control, JointMoments treatment, AdjustedArms adjustment)
    {
        Matching(control, treatment, adjustment);
        double c = adjustment.Control.Value, t = adjustment.Treatment.Value;
        return c == 0 ? Reason.ZeroBaseline : Of(control, treatment, adjustment, (t - c) / c, t / c / c, c, adjustedBase: true);
    }

    /// <summary>(adjusted_t − adjusted_c) ÷ ȳ_c: the adjusted difference over the unadjusted control mean.</summary>
    /// <param name="control">The moments that were adjusted: column 0 the metric, the others covariates.</param>
    /// <param name="treatment">The same of the treatment arm.</param>
    /// <param name="adjustment">What <see cref="CovariateAdjustment"/> made of them, with one θ for both arms.</param>
    /// <returns><see cref="Reason.ZeroBaseline"/> when the control mean is 0.</returns>
    public static Outcome<Estimate> OverUnadjusted(JointMoments control, JointMoments treatment, AdjustedArms adjustment)
    {
        Matching(control, treatment, adjustment);
        double y = control.Means[0], difference = adjustment.Treatment.Value - adjustment.Control.Value;
        return y == 0 ? Reason.ZeroBaseline : Of(control, treatment, adjustment, difference / y, difference / y / y, y, adjustedBase: false);
    }

    /// <summary>Var = Σ over arms of gᵀΣg/n with g the gradient in that arm's means of y and of each covariate.</summary>
    private static Outcome<Estimate> Of(
        JointMoments control, JointMoments treatment, AdjustedArms adjustment, double lift, double baseSlope, double baseline, bool adjustedBase)
    {
        var theta = adjustment.Theta;
        double total = (double)control.Count + treatment.Count, shareC = control.Count / total, shareT = treatment.Count / total;
        var gradientC = new double[theta.Length + 1];
        var gradientT = new double[theta.Length + 1];
        // adjusted: the ratio t/c; otherwise (t − c)/ȳ, where both t and c carry the covariates.
        gradientC[0] = adjustedBase ? -baseSlope : -(1 / baseline) - baseSlope;
        gradientT[0] = 1 / baseline;
        for (var i = 0; i < theta.Length; i++)
        {
            var slopeOfControl = adjustedBase ? -baseSlope : -1 / baseline;
            gradientC[i + 1] = (theta[i] * shareC / baseline) - (slopeOfControl * theta[i] * shareT);
            gradientT[i + 1] = (-theta[i] * shareC / baseline) + (slopeOfControl * theta[i] * shareT);
        }

        if (control.Count < 2 || treatment.Count < 2) return Reason.TooFewUnits;
        var variance = Quadratic(control, gradientC) + Quadratic(treatment, gradientT);
        if (!double.IsFinite(lift) || !double.IsFinite(variance)) return Reason.Overflow;
        return new Estimate(lift, variance, Effect.Absolute(adjustment.Control, adjustment.Treatment).DegreesOfFreedom);
    }

    private static void Matching(JointMoments control, JointMoments treatment, AdjustedArms adjustment)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(adjustment);
        ArgumentOutOfRangeException.ThrowIfNotEqual(treatment.Columns, control.Columns, nameof(treatment));
        ArgumentOutOfRangeException.ThrowIfNotEqual(adjustment.Theta.IsDefault ? -1 : adjustment.Theta.Length, control.Columns - 1, nameof(adjustment));
    }

    private static double Quadratic(JointMoments arm, double[] gradient)
    {
        double sum = 0;
        for (var i = 0; i < gradient.Length; i++)
        {
            for (var j = 0; j < gradient.Length; j++) sum += gradient[i] * gradient[j] * arm.Covariance(i, j);
        }

        return Math.Max(0, sum) / arm.Count;
    }
}
