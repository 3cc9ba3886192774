namespace Assay.Statistics.Tests;

/// <summary>Observations that are not independent: clusters, series, days of the same users.</summary>
internal static class CorrelatedAnswers
{
    public static object Clusters(Given g)
    {
        double[] y = g.Numbers("y"), z = g.Numbers("z");
        if (g.Text("kind", "cluster") is "hac")
        {
            var series = NeweyWest.Effect(y, z, (int)g.Number("lag", 0));
            return new { effect = series.Number(e => e.Value), se_hac = series.Number(e => e.StandardError) };
        }

        ReadOnlySpan<string> clusters = [.. g.Element.GetProperty("cluster").EnumerateArray().Select(id => id.ToString())];
        var all = ClusteredEffect.Of(y, z, clusters);
        var corrected = all.SelectMany(e => e.Corrected);
        var test = corrected.SelectMany(e => FixedHorizon.Infer(e, 0.05));
        var means = ClusterMeans.Difference(y, z, clusters);
        var meansTest = means.SelectMany(e => FixedHorizon.Infer(e, 0.05));
        return new
        {
            effect = all.Number(e => e.LiangZeger.Value),
            se_cr0 = all.Number(e => e.LiangZeger.StandardError),
            se_cr1 = corrected.Number(e => e.StandardError),
            se_cr2 = all.SelectMany(e => e.BiasReduced).Number(e => e.StandardError),
            df_cr2 = all.SelectMany(e => e.BiasReduced).Number(e => e.DegreesOfFreedom),
            clusters = all.IsDetermined ? all.Value.Clusters : (int?)null,
            t_cr1 = test.Number(t => t.Statistic),
            p_cr1 = test.Number(t => t.PValue),
            cm_diff = means.Number(e => e.Value),
            cm_df = means.Number(e => e.DegreesOfFreedom),
            cm_t = meansTest.Number(t => t.Statistic),
            cm_p = meansTest.Number(t => t.PValue),
        };
    }

    public static object Trend(Given g)
    {
        double[] x = g.Numbers("x"), effects = g.Numbers("effects");
        var all = g.Has("covariance")
            ? EffectTrend.Of(x, effects, g.Rows("covariance"))
            : EffectTrend.Of(x, [.. effects.Zip(g.Numbers("ses"), (e, se) => new Estimate(e, se * se, double.PositiveInfinity))]);
        var slope = all.SelectMany(t => t.Slope);
        var slopeTest = slope.SelectMany(e => FixedHorizon.Infer(e, 0.05));
        var contrast = all.SelectMany(t => t.EarlyLessLate);
        var contrastTest = contrast.SelectMany(e => FixedHorizon.Infer(e, 0.05));
        return new
        {
            slope = slope.Number(e => e.Value),
            se_slope = slope.Number(e => e.StandardError),
            intercept = all.SelectMany(t => t.Intercept).Number(value => value),
            z = slopeTest.Number(t => t.Statistic),
            p_value = slopeTest.Number(t => t.PValue),
            @fixed = all.Number(t => t.Constant.Value),
            q_constant = all.Number(t => t.ConstantQ),
            q_line = all.SelectMany(t => t.LineQ).Number(value => value),
            early_late = contrast.Number(e => e.Value),
            se_early_late = contrast.Number(e => e.StandardError),
            z_early_late = contrastTest.Number(t => t.Statistic),
            p_early_late = contrastTest.Number(t => t.PValue),
        };
    }
}
