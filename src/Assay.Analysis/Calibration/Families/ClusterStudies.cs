using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Units that were randomised in clusters.</summary>
internal static class ClusterStudies
{
    private const double Alpha = 0.05;
    private const double Correlation = 0.05;
    private const double Effect = 0.2;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("equal", "Twenty clusters of 30", "Ten clusters an arm, an intra-class correlation of .05, no effect.", 10, 10, _ => 30, new Claim.Exceeds(Alpha, new Claim.Rate(0.206, 0.006)), 0.005),
        Of("unequal", "Twenty clusters of unequal sizes, six of them treated", "Sizes 10 + Poisson(20), an intra-class correlation of .05, no effect.", 14, 6, draws => 10 + draws.Poisson(20), new Claim.Exceeds(Alpha), 0.01),
    ];

    private static Simulation Of(string name, string title, string world, int controls, int treatments, Func<Draws, int> size, Claim naive, double within) => Simulation.Of(
        $"clusters/{name}",
        title,
        world,
        20_000,
        10_000,
        draws => Enumerable.Range(0, controls + treatments).Select(i => Cluster(draws, size(draws), i < controls ? 0 : 1)).ToArray(),
        new("bias-reduced", "CR2 with Satterthwaite's degrees of freedom", new Claim.Rate(Alpha, within), "Bell & McCaffrey 2002", clusters => Rejects(ClusteredEffect.Of(clusters).Value.BiasReduced.Value)),
        new("interval", "CR2's interval of an effect of 0.2", new Claim.Rate(1 - Alpha, within), "Bell & McCaffrey 2002", clusters => Covers(ClusteredEffect.Of([.. clusters.Select(Raised)]).Value.BiasReduced.Value)),
        new("means", "t of cluster means", new Claim.Rate(Alpha, within), "Donner & Klar 2000", clusters => Rejects(ClusterMeans.Difference(clusters).Value)),
        new("uncorrected", "CR0: too small for few clusters", new Claim.Exceeds(Alpha), "Liang & Zeger 1986", clusters => Rejects(ClusteredEffect.Of(clusters).Value.LiangZeger)) { IsNaive = true },
        new("ignored", "Welch's t of units, clusters ignored", naive, "a design effect of 2.45", clusters => Rejects(Plain(clusters))) { IsNaive = true });

    /// <summary>A cluster's moments from their own distributions: its level, the mean of its units about it, and their scatter.</summary>
    private static JointMoments Cluster(Draws draws, int size, double treatment)
    {
        var units = draws.Normal(size, Math.Sqrt(Correlation) * draws.Normal(), Math.Sqrt(1 - Correlation));
        return new JointMoments(size, [units.Mean, treatment], [units.SquaredDeviations, 0, 0]);
    }

    private static Estimate Plain(JointMoments[] clusters)
    {
        Moments control = default, treatment = default;
        foreach (var cluster in clusters)
        {
            if (cluster.Means[1] == 0) control += cluster.Column(0);
            else treatment += cluster.Column(0);
        }

        return Statistics.Effect.Absolute(Mean.Of(control).Value, Mean.Of(treatment).Value);
    }

    /// <summary>The same cluster with the effect on its units, where it is treated.</summary>
    private static JointMoments Raised(JointMoments cluster) =>
        cluster.Means[1] == 0 ? cluster : new JointMoments(cluster.Count, [cluster.Means[0] + Effect, cluster.Means[1]], [cluster.Scatter(0, 0), 0, 0]);

    private static bool Covers(Estimate effect) => FixedHorizon.Infer(effect, Alpha).Value.Interval is var ends && ends.Lower <= Effect && Effect <= ends.Upper;

    private static bool Rejects(Estimate effect) => FixedHorizon.Infer(effect, Alpha).Value.PValue <= Alpha;
}
