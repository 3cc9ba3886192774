using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Verdicts;

/// <summary>Two hundred experiments that somebody reads every day and acts on at the first word to ship, through the whole readout.</summary>
public sealed class SeededRunsTests
{
    private const int Runs = 200, Days = 14, UnitsADay = 400;

    private const double Share = 0.1;

    /// <summary>Of an A/A test half of α is on the side that ships, over all looks together.</summary>
    [Fact]
    public void An_A_A_test_says_ship_in_no_more_than_its_share()
    {
        var shipped = Shipped(seed: 1, Share);

        // P(Binomial(200, 0.025) ≥ shipped), of a policy that just keeps its promise, is above 1e-3.
        Assert.True(shipped == 0 || 1 - Beta.Survival(0.025, shipped, Runs - shipped + 1.0) > 1e-3, $"{shipped} of {Runs}");
    }

    /// <summary>Were the policy silent, or the data without health, the test above would say nothing.</summary>
    [Fact]
    public void A_true_gain_is_shipped_in_most() => Assert.InRange(Shipped(seed: 2, 1.25 * Share), Runs / 2, Runs);

    private static int Shipped(ulong seed, double treatment)
    {
        var shipped = 0;
        for (var run = 0; run < Runs; run++)
        {
            var draws = new Draws(seed, simulation: 0, (ulong)run);
            var scene = new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = Share }), Plan = Scene.PlanOf(Days * UnitsADay, Days * UnitsADay) };
            for (var day = Days - 1; day >= 0; day--)
            {
                var at = Scene.Now.AddDays(-day);
                var matured = (long)(at.AddHours(-1) - DateTimeOffset.UnixEpoch).TotalMicroseconds;
                scene.Proportion(0, draws.Binomial(UnitsADay, Share), UnitsADay, maturesAt: matured).Proportion(1, draws.Binomial(UnitsADay, treatment), UnitsADay, maturesAt: matured);
                scene.AsOf = at;
                if (scene.Read().Verdict.Status != VerdictStatus.Ship) continue;
                shipped++;
                break;
            }
        }

        return shipped;
    }
}
