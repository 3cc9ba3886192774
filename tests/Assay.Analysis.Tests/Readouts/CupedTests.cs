using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

public sealed class CupedTests
{
    private static readonly double[] Before = [.. Enumerable.Range(0, 60).Select(i => (double)(i * 7 % 31))];

    private static Scene Spend(int covariates) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { StdDev = 10 }),
        Plan = Scene.PlanOf(1000, 1000),
    }.Metrics(metrics => metrics with { Covariates = [.. Enumerable.Range(0, covariates).Select(i => new Covariate($"x{i}", CovariateSource.PrePeriod))] });

    private static IEnumerable<double> After(double effect) => Before.Select((x, i) => (2 * x) + effect + (i % 3));

    [Fact]
    public void Without_a_declared_covariate_it_is_not_applicable()
    {
        var cuped = Spend(0).Values(0, "spend", After(0)).Values(1, "spend", After(1)).Read().Cuped;
        Assert.Equal(CupedStatus.NotApplicable, cuped.Status);
        Assert.Empty(cuped.Comparisons);
    }

    [Fact]
    public void Without_any_uploaded_value_it_is_unavailable()
    {
        var cuped = Spend(1).Values(0, "spend", After(0), covariates: _ => [0, 1]).Values(1, "spend", After(1), covariates: _ => [0, 1]).Read().Cuped;
        Assert.Equal(CupedStatus.Unavailable, cuped.Status);
        Assert.Equal(0, cuped.Coverage);
        Assert.Null(cuped.VarianceReduction);
        Assert.Equal(CupedStatus.Unavailable, Spend(1).Read().Cuped.Status);
    }

    [Fact]
    public void A_constant_covariate_leaves_the_plain_test()
    {
        var readout = Spend(1).Values(0, "spend", After(0), covariates: _ => [5, 0]).Values(1, "spend", After(1), covariates: _ => [5, 0]).Read();
        var (plain, adjusted) = (readout.Comparisons[0].Analysis, readout.Cuped.Comparisons[0].Analysis);
        Assert.Equal(CupedStatus.Available, readout.Cuped.Status);
        Assert.Equal(0, readout.Cuped.VarianceReduction!.Value, 1e-12);
        Assert.Equal(FixedMethod.CupedT, adjusted.Method);
        Assert.Equal(plain.Effect!.Value, adjusted.Effect!.Value, 1e-12);
        Assert.Equal(plain.PValue!.Value, adjusted.PValue!.Value, 1e-12);
    }

    [Fact]
    public void A_covariate_that_explains_the_metric_takes_its_variance_out()
    {
        var scene = Spend(1).Values(0, "spend", After(0), covariates: i => [Before[i], 0]).Values(1, "spend", After(1), covariates: i => [Before[i], 0]);
        var readout = scene.Read();
        Assert.InRange(readout.Cuped.VarianceReduction!.Value, 0.99, 1);
        Assert.Equal(1, readout.Cuped.Coverage);
        Assert.InRange(readout.Cuped.Comparisons[0].Theta[0], 1.95, 2.05);
        Assert.True(readout.Cuped.Comparisons[0].Analysis.StandardError < readout.Comparisons[0].Analysis.StandardError / 5);
    }

    [Fact]
    public void Units_without_the_covariate_are_kept_and_counted_by_coverage()
    {
        double[] Row(int i) => i % 4 == 0 ? [0, 1] : [Before[i], 0];
        var readout = Spend(1).Values(0, "spend", After(0), covariates: Row).Values(1, "spend", After(1), covariates: Row).Read();
        Assert.Equal(0.75, readout.Cuped.Coverage!.Value, 1e-12);
        Assert.Equal(2, readout.Cuped.Comparisons[0].Theta.Count);
        Assert.Equal(1, readout.Cuped.Comparisons[0].Analysis.Effect!.Value, 1e-9);
    }

    [Fact]
    public void Only_completed_units_are_adjusted()
    {
        var scene = Spend(1).Values(0, "spend", After(0), covariates: i => [Before[i], 0]).Values(1, "spend", After(1), covariates: i => [Before[i], 0]);
        var before = scene.Read().Cuped.Comparisons[0].Analysis;
        Assert.Equal(before, scene.Values(1, "spend", [900, 1000], Scene.Open, _ => [0, 1]).Read().Cuped.Comparisons[0].Analysis);
    }
}
