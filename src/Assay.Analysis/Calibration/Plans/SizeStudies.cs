using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Plans;

/// <summary>Plans whose test is read once: the power at the size that a plan asks for.</summary>
internal static class SizeStudies
{
    private const double Alpha = 0.05;
    private const double Within = 0.015;
    private const double Baseline = 0.1;
    private const double Alternative = 0.12;

    public static ImmutableArray<Simulation> All { get; } = [Proportions(), Means(), Students(), Designs()];

    private static Simulation Proportions() => Simulation.Of(
        "power/proportions",
        "Plans for two proportions",
        "A baseline of 10 % and an alternative of 12 %, at the size that each plan asks for.",
        20_000,
        4_000,
        draws => draws,
        [
            Pooled("equal", "equal arms, power 80 %", 1, 0.8),
            Pooled("power-90", "equal arms, power 90 %", 1, 0.9),
            Pooled("small-treatment", "a treatment of one quarter of the control, power 80 %", 0.25, 0.8),
            Pooled("large-treatment", "a treatment of three times the control, power 80 %", 3, 0.8),
            new("unpooled", "unpooled formula and test", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, ProportionSizes.Unpooled(Baseline, Alternative, 1, Alpha, 0.8).Value, 1, Alternative, Unpooled)),
            new("arcsine", "arcsine formula, pooled test", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, ProportionSizes.Arcsine(Baseline, Alternative, 1, Alpha, 0.8).Value, 1, Alternative, Pooled)),
            new("detectable", "the smallest rise that 3,000 units an arm find", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, 3000, 1, Baseline + Power.TwoProportionsDetectable(Baseline, 3000, 3000, Alpha, 0.8, 1).Value, Pooled)),
            new("detectable-fall", "the smallest fall that 3,000 units an arm find", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, 3000, 1, Baseline + Power.TwoProportionsDetectable(Baseline, 3000, 3000, Alpha, 0.8, -1).Value, Pooled)),
            new("non-inferiority", "non-inferior by an absolute margin of 1 point, no difference", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, ProportionSizes.NonInferiority(Baseline, Baseline, 0.01, 1, 2 * Alpha, 0.8).Value, 1, Baseline, NonInferior)),
        ]);

    private static Question<Draws> Pooled(string name, string procedure, double ratio, double power) => new(
        name, procedure, new Claim.Rate(power, Within), "the plan", draws => Finds(draws, Power.TwoProportionsControlSize(Baseline, Alternative, ratio, Alpha, power).Value, ratio, Alternative, Pooled));

    private static Simulation Means() => Simulation.Of(
        "power/means",
        "Plans for two means",
        "Normal units and a difference of 0.1, at the size that each plan asks for, by Welch's t.",
        20_000,
        4_000,
        draws => draws,
        Welch("equal", "standard deviation 1 in both arms", 1, 1),
        Welch("unequal", "standard deviations 1 and 2", 2, 1),
        Welch("split", "standard deviations 1 and 2, a treatment of half the control", 2, 0.5));

    private static Question<Draws> Welch(string name, string procedure, double deviation, double ratio) => new(
        name, procedure, new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, Power.TwoMeansControlSize(1, deviation, 0.1, ratio, Alpha, 0.8).Value, ratio, deviation, 0.1));

    /// <summary>Small samples, where whole units weigh: the claim is the power at the rounded size, by the noncentral t that sized it.</summary>
    private static Simulation Students()
    {
        var equal = (int)Math.Ceiling(StudentSizes.Equal(1, 1, Alpha, 0.8).Value);
        var welch = (int)Math.Ceiling(StudentSizes.Welch(1, 2, 1.5, 1, Alpha, 0.8).Value);
        return Simulation.Of(
            "power/students",
            "Plans for small samples",
            $"{equal} normal units an arm for a difference of one standard deviation, {welch} for 1.5 with standard deviations 1 and 2.",
            40_000,
            10_000,
            draws => draws,
            new("equal", "Student's t, equal deviations", new Claim.Rate(NoncentralPower(equal)), "noncentral t at whole units", draws => Finds(draws, equal, 1, 1, 1)),
            new("welch", "Welch's t, unequal deviations", new Claim.Rate(0.8, Within), "the plan", draws => Finds(draws, welch, 1, 2, 1.5)));
    }

    /// <summary>Covariates and clusters in the plan.</summary>
    private static Simulation Designs()
    {
        const double correlation = 0.6, inClusters = 0.05, difference = 0.1;
        const int clusterSize = 20;
        var reduced = Total(DesignSize.EffectiveVariance(1, correlation, 1));
        var clustered = Total(DesignSize.EffectiveVariance(1, 0, DesignSize.ClusterEffect(clusterSize, 0, inClusters).Value));
        return Simulation.Of(
            "power/designs",
            "Plans with a covariate and with clusters",
            "A difference of 0.1 in units of variance 1: a covariate of correlation .6, or clusters of 20 with a correlation of .05.",
            10_000,
            2_000,
            draws => draws,
            new("covariate", "adjusted by the covariate", new Claim.Rate(0.8, Within), "the plan", draws => Adjusted(draws, (int)Math.Ceiling(reduced / 2), correlation, difference)),
            new("clusters", "t of cluster means", new Claim.Rate(0.8, Within), "the plan", draws => OfClusters(draws, (int)Math.Ceiling(clustered / 2 / clusterSize), clusterSize, inClusters, difference)));

        static double Total(double variance) => DesignSize.Total(variance, difference, [0.5, 0.5], Alpha, 0.8).Value;
    }

    private static bool Adjusted(Draws draws, int units, double correlation, double difference)
    {
        var noise = Math.Sqrt((1 - correlation) * (1 + correlation));
        var adjusted = CovariateAdjustment.Optimal(draws.Regression(units, 0, correlation, noise), draws.Regression(units, difference, correlation, noise)).Value;
        return FixedHorizon.Infer(adjusted.Control, adjusted.Treatment, Alpha).Value.Interval.Lower > 0;
    }

    private static bool OfClusters(Draws draws, int clusters, int size, double correlation, double difference)
    {
        var deviation = Math.Sqrt(correlation + ((1 - correlation) / size));
        return FixedHorizon.Welch(draws.Normal(clusters, 0, deviation), draws.Normal(clusters, difference, deviation), Alpha).Value.Interval.Lower > 0;
    }

    private static double NoncentralPower(int units)
    {
        double degrees = (2 * units) - 2, noncentrality = Math.Sqrt(units / 2.0), critical = StudentT.TwoSidedCritical(Alpha, degrees);
        return NoncentralT.Survival(critical, degrees, noncentrality);
    }

    private static bool Finds(Draws draws, double controlSize, double ratio, double deviation, double difference)
    {
        int control = (int)Math.Ceiling(controlSize), treatment = (int)Math.Ceiling(controlSize * ratio);
        return FixedHorizon.Welch(draws.Normal(control, 0, 1), draws.Normal(treatment, difference, deviation), Alpha).Value.Interval.Lower > 0;
    }

    private static bool Finds(Draws draws, double controlSize, double ratio, double alternative, Func<int, int, int, int, bool> rejects)
    {
        int control = (int)Math.Ceiling(controlSize), treatment = (int)Math.Ceiling(controlSize * ratio);
        return rejects(draws.Binomial(control, Baseline), control, draws.Binomial(treatment, alternative), treatment);
    }

    private static bool Pooled(int x, int n, int y, int m) => Statistics.Proportions.PooledTest(x, n, y, m).TryGet(out var test) && Math.Abs(test.Z) >= Normal.TwoSidedCritical(Alpha);

    private static bool Unpooled(int x, int n, int y, int m) => Statistics.Proportions.Wald(x, n, y, m, Alpha).Value.Lower > 0;

    private static bool NonInferior(int x, int n, int y, int m) => Statistics.Proportions.Wald(x, n, y, m, 2 * Alpha).Value.Lower > -0.01;
}
