namespace Assay.Statistics;

/// <summary>A ratio of totals whose unit of randomisation is finer than its denominator: clicks per page view, revenue per order.</summary>
public static class Ratio
{
    private const double Rounding = 1e-14;

    /// <summary>R = Σy ÷ Σx with the variance of its linearisation u = (y − R x) ÷ x̄ over n (Deng, Knoblich &amp; Lu 2018).</summary>
    /// <param name="moments">Moments of units.</param>
    /// <param name="numerator">Column of y.</param>
    /// <param name="denominator">Column of x.</param>
    /// <returns>Units of y a unit of x, with n − 1 degrees of freedom; <see cref="Reason.ZeroDenominator"/> when x̄ is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such column.</exception>
    public static Outcome<Estimate> Of(JointMoments moments, int numerator = 0, int denominator = 1)
    {
        var refusal = Refusal(moments, numerator, denominator);
        if (refusal is { } reason) return reason;
        double x = moments.Means[denominator], ratio = moments.Means[numerator] / x;
        double own = moments.Scatter(numerator, numerator), squared = ratio * ratio * moments.Scatter(denominator, denominator);
        var scatter = own - (2 * ratio * moments.Scatter(numerator, denominator)) + squared;
        // Proportional columns leave only rounding, of either sign.
        if (scatter < Rounding * (own + squared)) scatter = 0;
        var variance = scatter / (moments.Count - 1) / x / x / moments.Count;
        return Math.Abs(ratio) <= 1e300 && variance <= 1e300 ? new Estimate(ratio, variance, moments.Count - 1) : Reason.Overflow;
    }

    /// <summary>The linearised units of several ratios as joint moments: column k has mean R_k, so that covariate adjustment applies to ratios as it does to means.</summary>
    /// <param name="moments">Moments of units.</param>
    /// <param name="ratios">Pairs of columns (numerator, denominator); a pair of equal columns passes that column through unchanged.</param>
    /// <returns><see cref="Reason.ZeroDenominator"/> when a denominator's mean is 0; <see cref="Reason.Overflow"/> where a product is beyond what moments may hold.</returns>
    /// <remarks>u = R + (y − R x) ÷ x̄, to first order the delta method (Deng, Knoblich &amp; Lu 2018, §4).</remarks>
    public static Outcome<JointMoments> Linearise(JointMoments moments, params ReadOnlySpan<(int Numerator, int Denominator)> ratios)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (ratios.Length is < 1 or > JointMoments.MaximumColumns) throw new ArgumentOutOfRangeException(nameof(ratios), ratios.Length, "Between one and eight ratios.");
        var means = new double[ratios.Length];
        var weights = new double[ratios.Length, 2];
        for (var k = 0; k < ratios.Length; k++)
        {
            var (y, x) = ratios[k];
            Check.Index(y, moments.Columns, nameof(ratios));
            Check.Index(x, moments.Columns, nameof(ratios));
            if (y == x)
            {
                (means[k], weights[k, 0]) = (moments.Means[y], 1);
                continue;
            }

            var refusal = Refusal(moments, y, x);
            if (refusal is { } reason) return reason;
            means[k] = moments.Means[y] / moments.Means[x];
            (weights[k, 0], weights[k, 1]) = (1 / moments.Means[x], -means[k] / moments.Means[x]);
        }

        var scatter = new List<double>();
        for (var i = 0; i < ratios.Length; i++)
        {
            for (var j = i; j < ratios.Length; j++)
            {
                var product = Product(moments, ratios[i], ratios[j], weights, i, j);
                scatter.Add(i == j ? Math.Max(0, product) : product);
            }
        }

        if (!means.All(Check.IsSum) || !scatter.TrueForAll(Check.IsSum)) return Reason.Overflow;
        return new JointMoments(moments.Count, [.. means], [.. scatter]);
    }

    private static double Product(JointMoments moments, (int Y, int X) left, (int Y, int X) right, double[,] weights, int i, int j) =>
        (weights[i, 0] * ((weights[j, 0] * moments.Scatter(left.Y, right.Y)) + (weights[j, 1] * moments.Scatter(left.Y, right.X))))
        + (weights[i, 1] * ((weights[j, 0] * moments.Scatter(left.X, right.Y)) + (weights[j, 1] * moments.Scatter(left.X, right.X))));

    private static Reason? Refusal(JointMoments moments, int numerator, int denominator)
    {
        ArgumentNullException.ThrowIfNull(moments);
        Check.Index(numerator, moments.Columns);
        Check.Index(denominator, moments.Columns);
        if (moments.Count == 0) return Reason.NoUnits;
        if (moments.Count < 2) return Reason.TooFewUnits;
        return moments.Means[denominator] == 0 ? Reason.ZeroDenominator : null;
    }
}
