using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The variance that an effect will have at the planned sizes: what mixtures are tuned to and information is measured against.</summary>
internal static class PlannedVariance
{
    /// <summary>s²_t/N_t + f²·s²_c/N_c, or null without a plan or a variance.</summary>
    /// <param name="pair">Completed units.</param>
    /// <param name="sizes">Planned units of each arm; empty without a plan.</param>
    /// <param name="controlFactor">f, the weight of the control mean in the contrast; 1 for a difference.</param>
    /// <remarks>
    /// A declared baseline (binary) or standard deviation freezes s² before data. A metric that declares neither takes its current s²: the mixture then is fixed in
    /// units of the standard deviation at the planned sizes, ρ² = τ²/σ̂², which is the asymptotic confidence sequence of Waudby-Smith et al. (2024, eq. 3); σ̂ converges and N does not move.
    /// </remarks>
    public static double? Of(Pair pair, ImmutableArray<long> sizes, double controlFactor = 1)
    {
        if (sizes.Length == 0) return null;
        var (control, treatment) = (sizes[pair.Control.Arm], sizes[pair.Treatment.Arm]);
        if (control <= 0 || treatment <= 0) return null;
        var declared = Declared(pair.Metric);
        var variance = ((declared ?? pair.Treatment.Moments.Variance) / treatment)
            + (controlFactor * controlFactor * (declared ?? pair.Control.Moments.Variance) / control);
        return IsSound(variance) ? variance : null;
    }

    /// <summary>τ² of the mixture that is sharpest at the planned sizes.</summary>
    public static double? Mixture(Pair pair, ImmutableArray<long> sizes, double alpha, double controlFactor = 1) =>
        Of(pair, sizes, controlFactor) is { } variance ? AlwaysValid.MixtureVariance(variance, alpha) : null;

    /// <summary>Whether a mixture can weigh a variance: nearer to 0 or farther out the quotients of two lose their digits.</summary>
    public static bool IsSound(double variance) => variance is >= 1e-300 and <= 1e300;

    /// <summary>The variance of a unit's value by what the design declares; null where it declares nothing that determines it.</summary>
    public static double? Declared(Metric metric) => metric switch
    {
        { Type: MetricType.Binary, BaselineValue: { } share } when share is > 0 and < 1 => share * (1 - share),
        { Type: not MetricType.Binary, StdDev: { } deviation } when deviation > 0 => deviation * deviation,
        _ => null,
    };
}
