using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Tests.Readouts;
using CsCheck;

namespace Assay.Analysis.Tests.PeerDefects;

/// <summary>What a readout of GrowthBook (app and gbstats 0.8.0) gets wrong, and ours of the same data.</summary>
public sealed class ReadoutDefects
{
    private static Scene Arms(int arms, AnalysisMethod method) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }, arms),
        Plan = Scene.PlanOf([.. Enumerable.Repeat(5_000L, arms)]),
    }.Method(method);

    /// <summary>There p-values are corrected and intervals are not (or for other tests): one says significant and the other holds 0.</summary>
    [Theory]
    [InlineData(AnalysisMethod.FixedHorizon)]
    [InlineData(AnalysisMethod.AlwaysValid)]
    public void Interval_and_p_disagree_under_correction(AnalysisMethod method) =>
        Gen.Int[380, 720].Array[4].Sample(
            converted =>
            {
                var scene = Arms(4, method);
                for (var arm = 0; arm < 4; arm++) scene.Proportion(arm, converted[arm], 5_000);
                foreach (var decision in scene.Read().Comparisons.Select(comparison => comparison.Decision))
                {
                    var excludesZero = decision.CiLower > 0 || decision.CiUpper < 0;
                    Assert.Equal(decision.PValueAdjusted <= 0.05, excludesZero);
                    Assert.Equal(excludesZero, decision.IsSignificant);
                }
            },
            iter: 60);

    /// <summary>There the API tells the raw p alone; a reader cannot see what the correction left of it.</summary>
    [Fact]
    public void Only_the_raw_p_is_told()
    {
        var decision = Arms(4, AnalysisMethod.FixedHorizon).Proportion(0, 500, 5_000).Proportion(1, 570, 5_000).Proportion(2, 565, 5_000).Proportion(3, 505, 5_000).Read().Comparisons[0].Decision;
        Assert.Equal(3 * decision.PValue!.Value, decision.PValueAdjusted!.Value, 1e-12);
    }

    /// <summary>There a sequential p is clamped to [1e-5, .4999].</summary>
    [Fact]
    public void A_sequential_p_is_clamped()
    {
        double P(long treatment) => Arms(2, AnalysisMethod.AlwaysValid).Proportion(0, 500, 5_000).Proportion(1, treatment, 5_000).Read().Comparisons[0].Decision.PValue!.Value;
        Assert.True(P(1_500) < 1e-50);
        Assert.Equal(1, P(500));
    }

    /// <summary>There the standard deviation shown for the control with CUPED and three arms is that of the last comparison.</summary>
    [Fact]
    public void The_control_is_that_of_the_last_comparison()
    {
        Scene Spend(int arms) => new Scene { Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { StdDev = 10 }, arms), Plan = Scene.PlanOf([.. Enumerable.Repeat(100L, arms)]) }
            .Metrics(metrics => metrics with { Covariates = [new Covariate("x", CovariateSource.PrePeriod)] });

        // In the third arm the covariate says the opposite of what it says in the others.
        Scene Fill(Scene scene, int arms)
        {
            for (var arm = 0; arm < arms; arm++)
            {
                var slope = arm == 2 ? -3 : 2;
                scene.Values(arm, "spend", Enumerable.Range(0, 60).Select(i => (slope * (i * 7.0 % 31)) + arm + (i % 3)), covariates: i => [i * 7 % 31, 0]);
            }

            return scene;
        }

        var (two, three) = (Fill(Spend(2), 2).Read().Cuped, Fill(Spend(3), 3).Read().Cuped);
        Assert.Equal(two.Comparisons[0].Theta, three.Comparisons[0].Theta);
        Assert.Equal(two.Comparisons[0].Analysis.StandardError, three.Comparisons[0].Analysis.StandardError);
        Assert.NotEqual(three.Comparisons[0].Theta[0], three.Comparisons[1].Theta[0], 0.1);
    }

    /// <summary>There users who saw two variations are dropped, below 1 % without a word.</summary>
    [Fact]
    public void Users_of_two_variations_are_dropped_without_a_word()
    {
        var scene = Arms(2, AnalysisMethod.FixedHorizon).Proportion(0, 50, 500).Proportion(1, 60, 499);
        var readout = scene.Unit(1, "purchase", new MetricValue(Scene.Matured, 1, 1, 0), isCrossover: true).Read();
        Assert.Equal([0L, 1], readout.Population.Crossovers);
        Assert.Equal((1_000, 0), (readout.Population.Exposed, readout.Population.ExcludedUsers));
    }
}
