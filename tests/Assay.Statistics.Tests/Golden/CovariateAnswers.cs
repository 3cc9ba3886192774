using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class CovariateAnswers
{
    public static object Summary(Given g) => TwoSample(g, FromSummary(g.Part("a")), FromSummary(g.Part("b")));

    public static object Raw(Given g) => TwoSample(g, FromRaw(g.Part("raw_a")), FromRaw(g.Part("raw_b")));

    public static object ManyCovariates(Given g)
    {
        JointMoments a = FromColumns(g.Part("a")), b = FromColumns(g.Part("b"));
        var adjusted = CovariateAdjustment.PooledWithin(a, b).Value;
        var rank = CovariateAdjustment.Slopes(a, b, 1, 1).Rank;
        var test = Infer(adjusted, g.Number("alpha"));
        return new
        {
            theta = rank == a.Columns - 1 ? adjusted.Theta.ToArray() : null,
            rank,
            diff = adjusted.Treatment.Value - adjusted.Control.Value,
            se = Math.Sqrt(adjusted.Control.Variance + adjusted.Treatment.Variance),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ci_lower = test.Number(t => t.Interval.Lower),
            ci_upper = test.Number(t => t.Interval.Upper),
            variance_reduction = adjusted.VarianceReduction,
        };
    }

    public static object Missing(Given g)
    {
        JointMoments a = WithIndicator(g.Part("a")), b = WithIndicator(g.Part("b"));
        var adjusted = CovariateAdjustment.PooledWithin(a, b).Value;
        var naive = CovariateAdjustment.PooledWithin(FirstTwo(a), FirstTwo(b)).Value;
        var test = Infer(adjusted, g.Number("alpha"));
        return new
        {
            diff = adjusted.Treatment.Value - adjusted.Control.Value,
            se = Math.Sqrt(adjusted.Control.Variance + adjusted.Treatment.Variance),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ci_lower = test.Number(t => t.Interval.Lower),
            ci_upper = test.Number(t => t.Interval.Upper),
            naive_diff = naive.Treatment.Value - naive.Control.Value,
            naive_se = Math.Sqrt(naive.Control.Variance + naive.Treatment.Variance),
        };
    }

    public static object RatioMetric(Given g)
    {
        JointMoments a = Linearised(g.Part("a")), b = Linearised(g.Part("b"));
        var optimal = CovariateAdjustment.Optimal(a, b).Value;
        var theta = (a.Covariance(0, 1) + b.Covariance(0, 1)) / (a.Covariance(1, 1) + b.Covariance(1, 1));
        var plain = CovariateAdjustment.With([theta], a, b).Value;
        var (test, other) = (Infer(optimal, g.Number("alpha")), Infer(plain, g.Number("alpha")));
        return new
        {
            theta = optimal.Theta[0],
            diff = optimal.Treatment.Value - optimal.Control.Value,
            se = test.Number(t => t.Effect.StandardError),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            theta_gbstats = theta,
            diff_gbstats = plain.Treatment.Value - plain.Control.Value,
            se_gbstats = other.Number(t => t.Effect.StandardError),
            z_gbstats = other.Number(t => t.Statistic),
            r_a = a.Means[0],
            r_b = b.Means[0],
        };
    }

    public static object Ratio(Given g)
    {
        JointMoments a = g.Has("a") ? FromSummary(g.Part("a")) : FromRaw(g.Part("raw_a")), b = g.Has("b") ? FromSummary(g.Part("b")) : FromRaw(g.Part("raw_b"));
        var alpha = g.Number("alpha");
        Outcome<Estimate> ra = Statistics.Ratio.Of(a), rb = Statistics.Ratio.Of(b);
        var both = ra.SelectMany(x => rb.Select(y => (A: x with { DegreesOfFreedom = double.PositiveInfinity }, B: y with { DegreesOfFreedom = double.PositiveInfinity })));
        var effect = both.Select(pair => Effect.Absolute(pair.A, pair.B));
        var test = effect.SelectMany(e => FixedHorizon.Infer(e, alpha));
        // The file's lift is R_b/R_a − 1, over R_a itself; the library's is over |R_a|.
        var lift = both.SelectMany(pair => Effect.RelativeDelta(pair.A, pair.B).Select(e => e with { Value = e.Value * Math.Sign(pair.A.Value) }));
        var liftRadius = lift.Number(e => Normal.TwoSidedCritical(alpha) * e.StandardError);
        var radius = effect.Number(e => Normal.TwoSidedCritical(alpha) * e.StandardError);
        return new
        {
            r_a = both.Number(pair => pair.A.Value),
            var_r_a = both.Number(pair => pair.A.Variance),
            r_b = both.Number(pair => pair.B.Value),
            var_r_b = both.Number(pair => pair.B.Variance),
            diff = effect.Number(e => e.Value),
            se = effect.Number(e => e.StandardError),
            z = test.Number(t => t.Statistic),
            p_value = test.Number(t => t.PValue),
            ci_lower = effect.Number(e => e.Value) - radius,
            ci_upper = effect.Number(e => e.Value) + radius,
            lift = lift.Number(e => e.Value),
            se_lift = lift.Number(e => e.StandardError),
            lift_ci_lower = lift.Number(e => e.Value) - liftRadius,
            lift_ci_upper = lift.Number(e => e.Value) + liftRadius,
        };
    }

    private static object TwoSample(Given g, JointMoments a, JointMoments b)
    {
        var adjusted = (g.Text("method") switch
        {
            "pooled_within" => CovariateAdjustment.PooledWithin(a, b),
            "total" => CovariateAdjustment.Total(a, b),
            "optimal" => CovariateAdjustment.Optimal(a, b),
            "lin" => CovariateAdjustment.Separate(a, b),
            var method => throw new NotSupportedException(method),
        }).Value;
        var alpha = g.Number("alpha");
        var normal = Infer(adjusted, alpha);
        var welch = FixedHorizon.Infer(adjusted.Control, adjusted.Treatment, alpha);
        var plain = Effect.Absolute(Mean.Of(a.Column(0)).Value, Mean.Of(b.Column(0)).Value);
        var radius = Normal.TwoSidedCritical(alpha) * Math.Sqrt(adjusted.Control.Variance + adjusted.Treatment.Variance);
        var thetaB = adjusted.ThetaTreatment[0];
        var (lift, over) = (AdjustedLift.OfAdjusted(a, b, adjusted), AdjustedLift.OverUnadjusted(a, b, adjusted));
        return new
        {
            theta_a = adjusted.Theta[0],
            theta_b = thetaB,
            adj_mean_a = adjusted.Control.Value,
            adj_mean_b = adjusted.Treatment.Value,
            adj_var_a = adjusted.Control.Variance * a.Count,
            adj_var_b = adjusted.Treatment.Variance * b.Count,
            diff = adjusted.Treatment.Value - adjusted.Control.Value,
            se = Math.Sqrt(adjusted.Control.Variance + adjusted.Treatment.Variance),
            diff_unadjusted = plain.Value,
            se_unadjusted = plain.StandardError,
            variance_reduction = adjusted.VarianceReduction,
            z = normal.Number(t => t.Statistic),
            p_value = normal.Number(t => t.PValue),
            ci_lower = adjusted.Treatment.Value - adjusted.Control.Value - radius,
            ci_upper = adjusted.Treatment.Value - adjusted.Control.Value + radius,
            df = welch.Number(t => t.Effect.DegreesOfFreedom),
            p_value_t = welch.Number(t => t.PValue),
            lift_adj = lift.Number(e => e.Value),
            se_lift_adj = lift.Number(e => e.StandardError),
            lift_unadj_denominator = over.Number(e => e.Value),
            se_lift_unadj_denominator = over.Number(e => e.StandardError),
            se_superpopulation = Math.Sqrt(adjusted.Control.Variance + adjusted.Treatment.Variance + CovariateAdjustment.HeterogeneityVariance(a, b, adjusted)),
        };
    }

    private static Outcome<Inference> Infer(AdjustedArms adjusted, double alpha) =>
        FixedHorizon.Infer(Effect.Absolute(adjusted.Control, adjusted.Treatment) with { DegreesOfFreedom = double.PositiveInfinity }, alpha);

    private static JointMoments FromSummary(Given arm)
    {
        var less = Math.Max(0, arm.Number("n") - 1);
        return new JointMoments(arm.Count("n"), [arm.Number("mean_y"), arm.Number("mean_x")], [arm.Number("var_y", 0) * less, arm.Number("cov_xy", 0) * less, arm.Number("var_x", 0) * less]);
    }

    private static JointMoments FromRaw(Given arm) => JointMoments.OfColumns(arm.Numbers("y"), arm.Numbers("x"));

    private static JointMoments FromColumns(Given arm) => JointMoments.OfColumns([arm.Numbers("y"), .. arm.Rows("x")]);

    private static JointMoments WithIndicator(Given arm)
    {
        var x = arm.Numbers("x");
        return JointMoments.OfColumns(arm.Numbers("y"), [.. x.Select(value => double.IsNaN(value) ? 0 : value)], [.. x.Select(value => double.IsNaN(value) ? 1.0 : 0)]);
    }

    private static JointMoments FirstTwo(JointMoments m) => new(m.Count, m.Means[..2], [m.Scatter(0, 0), m.Scatter(0, 1), m.Scatter(1, 1)]);

    private static JointMoments Linearised(Given arm) =>
        Statistics.Ratio.Linearise(JointMoments.OfColumns(arm.Numbers("y"), arm.Numbers("d"), arm.Numbers("p"), arm.Numbers("q")), (0, 1), (2, 3)).Value;
}
