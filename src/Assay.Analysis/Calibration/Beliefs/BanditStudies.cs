using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Beliefs;

/// <summary>Two equal arms whose traffic follows the data (Thompson sampling).</summary>
internal static class BanditStudies
{
    private const double Alpha = 0.05;
    private const double Rate = 0.3;
    private const double Floor = 0.1;
    private const int Batches = 20;

    /// <summary>What the batched z errs stands beside a simulation of another program: it shrinks like 1/√(units of the smaller arm), because the error of a batch's variance goes with its difference, and the allocation with both.</summary>
    public static ImmutableArray<Simulation> All { get; } =
    [
        Of(200, 0.01, new Claim.Exceeds(Alpha, new Claim.Rate(0.1125, 0.003))),
        Of(2000, 0.005, new Claim.Exceeds(Alpha, new Claim.Rate(0.0622, 0.003))),
        Of(20_000, 0.002, new Claim.KnownToExceed(Alpha, new Claim.Rate(0.0531, 0.002))),
    ];

    private static Simulation Of(int size, double within, Claim batched) => Simulation.Of(
        string.Create(CultureInfo.InvariantCulture, $"bandit/{size}"),
        string.Create(CultureInfo.InvariantCulture, $"Thompson sampling in 20 batches of {size:N0}"),
        string.Create(CultureInfo.InvariantCulture, $"Two arms at 30 %, the share of each batch by P(better) so far, at least 10 % an arm: {Floor * size:N0} units in the smaller arm of a batch."),
        20_000,
        10_000,
        draws => Play(draws, size),
        new("adaptively-weighted", "adaptively weighted z", new Claim.Rate(Alpha, within), "Hadad et al. 2021; large batches", run => Rejects(AdaptiveBatches.AdaptivelyWeighted(run))),
        new("batched", "batched z (BOLS), approximate", batched, "independent simulation; Zhang, Janson & Murphy 2020 for large batches", run => AdaptiveBatches.BatchedZ(run).TryGet(out var z) && Math.Abs(z) >= Normal.TwoSidedCritical(Alpha)) { IsApproximate = true },
        new("pooled", "plain z of all units", new Claim.Exceeds(Alpha), "the allocation followed the data", run => Rejects(Plain(run))) { IsNaive = true });

    private static AdaptiveBatch[] Play(Draws draws, int size)
    {
        var batches = new AdaptiveBatch[Batches];
        (long Converted, long Count) control = default, treatment = default;
        for (var j = 0; j < Batches; j++)
        {
            var share = j == 0 ? 0.5 : Math.Clamp(Better(control, treatment), Floor, 1 - Floor);
            var units = draws.Binomial(size, share);
            int fromControl = draws.Binomial(size - units, Rate), fromTreatment = draws.Binomial(units, Rate);
            batches[j] = new AdaptiveBatch(share, Moments.OfProportion(fromControl, size - units), Moments.OfProportion(fromTreatment, units));
            control = (control.Converted + fromControl, control.Count + size - units);
            treatment = (treatment.Converted + fromTreatment, treatment.Count + units);
        }

        return batches;
    }

    private static double Better((long Converted, long Count) control, (long Converted, long Count) treatment) =>
        Bayes.Means(Proportions.Difference(control.Converted, control.Count, treatment.Converted, treatment.Count).Value, Alpha).Value.ProbabilityTreatmentBeatsControl;

    private static Estimate Plain(AdaptiveBatch[] batches)
    {
        var (control, treatment) = (batches.Aggregate(default(Moments), (sum, batch) => sum + batch.Control), batches.Aggregate(default(Moments), (sum, batch) => sum + batch.Treatment));
        return Effect.Absolute(Mean.Of(control).Value, Mean.Of(treatment).Value);
    }

    private static bool Rejects(Outcome<Estimate> effect) => effect.SelectMany(e => FixedHorizon.Infer(e, Alpha)).TryGet(out var test) && test.PValue <= Alpha;
}
