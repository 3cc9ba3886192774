using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Families;

/// <summary>Twenty metrics, fifteen of them without an effect.</summary>
internal static class MultiplicityStudies
{
    private const double Alpha = 0.05;
    private const int Metrics = 20;
    private const int Nulls = 15;
    private const double Shift = 3;

    private delegate ImmutableArray<double> Adjustment(ReadOnlySpan<double> pValues);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Of(
            "families/independent",
            "Twenty independent metrics",
            "z of 20 metrics, 15 without an effect and five at a mean of 3.",
            20_000,
            4_000,
            draws => Draw(draws, 0),
            [
                Any("none", "no correction: any false claim", p => [.. p], _ => new Claim.Exceeds(Alpha, new Claim.Rate(1 - Math.Pow(1 - Alpha, Nulls)))),
                Any("bonferroni", "Bonferroni: any false claim", Multiplicity.Bonferroni, _ => new Claim.Rate(1 - Math.Pow(1 - (Alpha / Metrics), Nulls))),
                Any("holm", "Holm: any false claim", Multiplicity.Holm, AtMost),
                Any("hochberg", "Hochberg: any false claim", Multiplicity.Hochberg, AtMost),
                Any("hommel", "Hommel: any false claim", Multiplicity.Hommel, AtMost),
                Any("holm-sidak", "Holm–Šidák: any false claim", Multiplicity.HolmSidak, AtMost),
                Share("benjamini-hochberg", "Benjamini–Hochberg: share of claims that are false", Multiplicity.BenjaminiHochberg, new Claim.Expectation(Alpha * Nulls / Metrics), "α · 15/20, exact for independent tests"),
                Share("benjamini-yekutieli", "Benjamini–Yekutieli: share of claims that are false", Multiplicity.BenjaminiYekutieli, new Claim.ExpectationAtMost(Alpha * Nulls / Metrics), "α · 15/20"),
                EShare,
            ]),
        Simulation.Of(
            "families/dependent",
            "Twenty metrics that go together",
            "The same with a correlation of ½ between any two.",
            20_000,
            4_000,
            draws => Draw(draws, 0.5),
            [
                Any("none", "no correction: any false claim", p => [.. p], _ => new Claim.Exceeds(Alpha)),
                Any("holm", "Holm: any false claim", Multiplicity.Holm, AtMost),
                Any("hochberg", "Hochberg: any false claim", Multiplicity.Hochberg, AtMost),
                Any("hommel", "Hommel: any false claim", Multiplicity.Hommel, AtMost),
                Share("benjamini-hochberg", "Benjamini–Hochberg: share of claims that are false", Multiplicity.BenjaminiHochberg, new Claim.ExpectationAtMost(Alpha * Nulls / Metrics), "positive dependence (Benjamini & Yekutieli 2001)"),
                Share("benjamini-yekutieli", "Benjamini–Yekutieli: share of claims that are false", Multiplicity.BenjaminiYekutieli, new Claim.ExpectationAtMost(Alpha * Nulls / Metrics), "any dependence"),
                EShare,
            ]),
    ];

    /// <summary>e-BH on e-values of the normal mixture: any dependence.</summary>
    private static Question<double[]> EShare => new(
        "e-benjamini-hochberg",
        "e-BH: share of claims that are false",
        new Claim.ExpectationAtMost(Alpha * Nulls / Metrics),
        "any dependence (Wang & Ramdas 2022)",
        z => FalseShare([.. EValues.BenjaminiHochberg([.. z.Select(value => Math.Exp(AlwaysValid.LogEvidence(value, 1, Shift * Shift)))])]));

    private static Claim AtMost(double alpha) => new Claim.AtMost(alpha);

    private static double[] Draw(Draws draws, double correlation)
    {
        var common = Math.Sqrt(correlation) * draws.Normal();
        var z = new double[Metrics];
        for (var i = 0; i < Metrics; i++) z[i] = (i < Nulls ? 0 : Shift) + common + (Math.Sqrt(1 - correlation) * draws.Normal());
        return z;
    }

    private static ImmutableArray<double> Adjusted(double[] z, Adjustment adjust) => adjust([.. z.Select(Normal.TwoSidedPValue)]);

    private static Question<double[]> Any(string name, string procedure, Adjustment adjust, Func<double, Claim> claim) =>
        new(name, procedure, claim(Alpha), "family-wise α", z => Adjusted(z, adjust).Take(Nulls).Any(p => p <= Alpha));

    private static Question<double[]> Share(string name, string procedure, Adjustment adjust, Claim claim, string from) => new(name, procedure, claim, from, z => FalseShare(Adjusted(z, adjust)));

    private static double FalseShare(IReadOnlyList<double> adjusted)
    {
        int claims = adjusted.Count(p => p <= Alpha), mistaken = adjusted.Take(Nulls).Count(p => p <= Alpha);
        return (double)mistaken / Math.Max(1, claims);
    }
}
