using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Variance reduction by covariates measured before exposure (CUPED: Deng, Xu, Kohavi &amp; Walker 2013; regression adjustment: Lin 2013).</summary>
/// <remarks>
/// Every function takes the joint moments of both arms: column 0 is the metric, the others are covariates, the same ones in both arms. Different numbers of columns are an
/// <see cref="ArgumentOutOfRangeException"/>; an arm with fewer than two units is <see cref="Reason.TooFewUnits"/>.
/// Whatever θ, adjusted_t − adjusted_c = (ȳ_t − ȳ_c) − θᵀ(x̄_t − x̄_c) with variance Σ (s²_y − 2θᵀs_xy + θᵀS_x θ)/n over the arms.
/// </remarks>
public static class CovariateAdjustment
{
    /// <summary>Sums of products beyond this leave no room for the products of products of a regression.</summary>
    private const double Largest = 1e140;

    /// <summary>Adjusts both arms by the coefficients that minimise the variance of the difference.</summary>
    /// <param name="control">Column 0 is the metric, the others are covariates.</param>
    /// <param name="treatment">The same columns in the treatment arm.</param>
    /// <remarks>θ = (Σ_x,c/n_c + Σ_x,t/n_t)⁻¹(σ_xy,c/n_c + σ_xy,t/n_t), solved by pivoted Cholesky on the correlation scale; never worse than no adjustment, at any split.</remarks>
    public static Outcome<AdjustedArms> Optimal(JointMoments control, JointMoments treatment)
    {
        var refusal = Refusal(control, treatment);
        if (refusal is { } reason) return reason;
        return With(Slopes(control, treatment, 1.0 / control.Count / (control.Count - 1), 1.0 / treatment.Count / (treatment.Count - 1)).Theta, control, treatment);
    }

    /// <summary>Adjusts both arms by the slope of the analysis of covariance, θ = (S_x,c + S_x,t)⁻¹(S_xy,c + S_xy,t), S the centred sums within arms.</summary>
    public static Outcome<AdjustedArms> PooledWithin(JointMoments control, JointMoments treatment)
    {
        var refusal = Refusal(control, treatment);
        if (refusal is { } reason) return reason;
        return With(Slopes(control, treatment, 1, 1).Theta, control, treatment);
    }

    /// <summary>Adjusts both arms by the slope of the two arms stacked, the convention of the original paper.</summary>
    public static Outcome<AdjustedArms> Total(JointMoments control, JointMoments treatment)
    {
        var refusal = Refusal(control, treatment);
        if (refusal is { } reason) return reason;
        var stacked = control + treatment;
        return With(Slopes(stacked, stacked, 1, 0).Theta, control, treatment);
    }

    /// <summary>Adjusts each arm by its own slope (Lin 2013).</summary>
    public static Outcome<AdjustedArms> Separate(JointMoments control, JointMoments treatment)
    {
        var refusal = Refusal(control, treatment);
        if (refusal is { } reason) return reason;
        var (own, other) = (Slopes(control, control, 1, 0).Theta, Slopes(treatment, treatment, 1, 0).Theta);
        return Combine(own, other, control, treatment);
    }

    /// <summary>Adjusts both arms by given coefficients.</summary>
    /// <param name="theta">One coefficient a covariate, in units of the metric a unit of the covariate.</param>
    /// <param name="control">Column 0 is the metric, the others are covariates.</param>
    /// <param name="treatment">The same columns in the treatment arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of coefficients than covariates.</exception>
    public static Outcome<AdjustedArms> With(ImmutableArray<double> theta, JointMoments control, JointMoments treatment)
    {
        var refusal = Refusal(control, treatment);
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.IsDefault ? -1 : theta.Length, control.Columns - 1, nameof(theta));
        foreach (var slope in theta) Check.Finite(slope, nameof(theta));
        if (refusal is { } reason) return reason;
        return Combine(theta, theta, control, treatment);
    }

    /// <summary>What separate slopes add to the variance of the difference when the units are themselves a sample: (θ_t − θ_c)ᵀ S_x (θ_t − θ_c) ÷ N, S_x pooled within arms (Lin 2013).</summary>
    /// <param name="control">The moments that were adjusted.</param>
    /// <param name="treatment">The same of the treatment arm.</param>
    /// <param name="adjustment">The adjustment with its two θ.</param>
    /// <returns>A variance in the squared unit of the metric, to be added to that of the difference; 0 for one θ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An arm with fewer than two units, other columns than the adjustment has coefficients, or products beyond a double.</exception>
    public static double HeterogeneityVariance(JointMoments control, JointMoments treatment, AdjustedArms adjustment)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(adjustment);
        ArgumentOutOfRangeException.ThrowIfLessThan(control.Count, 2, nameof(control));
        ArgumentOutOfRangeException.ThrowIfLessThan(treatment.Count, 2, nameof(treatment));
        ArgumentOutOfRangeException.ThrowIfNotEqual(adjustment.Theta.IsDefault ? -1 : adjustment.Theta.Length, control.Columns - 1, nameof(adjustment));
        ArgumentOutOfRangeException.ThrowIfNotEqual(adjustment.ThetaTreatment.IsDefault ? -1 : adjustment.ThetaTreatment.Length, control.Columns - 1, nameof(adjustment));
        ArgumentOutOfRangeException.ThrowIfNotEqual(treatment.Columns, control.Columns, nameof(treatment));
        var total = (double)control.Count + treatment.Count;
        double sum = 0;
        for (var i = 0; i < adjustment.Theta.Length; i++)
        {
            for (var j = 0; j < adjustment.Theta.Length; j++)
            {
                sum += (adjustment.ThetaTreatment[i] - adjustment.Theta[i]) * (adjustment.ThetaTreatment[j] - adjustment.Theta[j])
                    * (control.Scatter(i + 1, j + 1) + treatment.Scatter(i + 1, j + 1)) / (total - 2);
            }
        }

        return double.IsFinite(sum) ? sum / total : throw new ArgumentOutOfRangeException(nameof(adjustment), "Coefficients whose products with the moments are beyond a double.");
    }

    /// <summary>The coefficients and their rank for weighted sums of the two arms' scatters.</summary>
    internal static (ImmutableArray<double> Theta, int Rank) Slopes(JointMoments left, JointMoments right, double leftWeight, double rightWeight)
    {
        var k = left.Columns - 1;
        var matrix = new double[k, k];
        var target = new double[k];
        for (var i = 0; i < k; i++)
        {
            target[i] = (leftWeight * left.Scatter(0, i + 1)) + (rightWeight * right.Scatter(0, i + 1));
            for (var j = 0; j < k; j++) matrix[i, j] = (leftWeight * left.Scatter(i + 1, j + 1)) + (rightWeight * right.Scatter(i + 1, j + 1));
        }

        return PivotedCholesky.Solve(matrix, target);
    }

    private static Reason? Refusal(JointMoments control, JointMoments treatment)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentOutOfRangeException.ThrowIfNotEqual(treatment.Columns, control.Columns, nameof(treatment));
        if (control.Count == 0 || treatment.Count == 0) return Reason.NoUnits;
        if (control.Count < 2 || treatment.Count < 2) return Reason.TooFewUnits;
        return control.Means.Concat(control.ScatterTriangle).Concat(treatment.Means).Concat(treatment.ScatterTriangle).All(value => Math.Abs(value) <= Largest) ? null : Reason.Overflow;
    }

    private static Outcome<AdjustedArms> Combine(
        ImmutableArray<double> thetaControl, ImmutableArray<double> thetaTreatment, JointMoments control, JointMoments treatment)
    {
        var share = (double)treatment.Count / ((double)control.Count + treatment.Count);
        Estimate c = Adjusted(control, treatment, thetaControl, share), t = Adjusted(treatment, control, thetaTreatment, 1 - share);
        var plain = (control.Covariance(0, 0) / control.Count) + (treatment.Covariance(0, 0) / treatment.Count);
        if (!double.IsFinite(c.Value + c.Variance) || !double.IsFinite(t.Value + t.Variance)) return Reason.Overflow;
        return new AdjustedArms(thetaControl, c, t, plain > 0 ? 1 - ((c.Variance + t.Variance) / plain) : 0) { ThetaTreatment = thetaTreatment };
    }

    /// <summary>ȳ − θᵀ(x̄ − x̄_pooled), where x̄ − x̄_pooled is the other arm's share of the difference in means.</summary>
    private static Estimate Adjusted(JointMoments arm, JointMoments other, ImmutableArray<double> theta, double otherShare)
    {
        double mean = arm.Means[0], scatter = arm.Scatter(0, 0);
        for (var i = 0; i < theta.Length; i++)
        {
            mean -= theta[i] * otherShare * (arm.Means[i + 1] - other.Means[i + 1]);
            scatter -= 2 * theta[i] * arm.Scatter(0, i + 1);
            for (var j = 0; j < theta.Length; j++) scatter += theta[i] * theta[j] * arm.Scatter(i + 1, j + 1);
        }

        // A perfect fit leaves only rounding, of either sign.
        if (scatter < 1e-14 * arm.Scatter(0, 0)) scatter = 0;
        return new Estimate(mean, scatter / (arm.Count - 1) / arm.Count, arm.Count - 1);
    }
}
