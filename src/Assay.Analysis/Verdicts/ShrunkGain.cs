using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Verdicts;

/// <summary>The relative gain in the desired direction, drawn towards 0 by a normal prior whose standard deviation is the MDE: an effect of the size that the experiment looks for is no surprise, one of three times that is.</summary>
/// <param name="Value">Posterior mean, a fraction of the control mean.</param>
/// <param name="Deviation">Posterior standard deviation.</param>
/// <param name="Kept">τ² ÷ (τ² + se²), the share of the estimate that is kept: posterior over sampling variance.</param>
internal sealed record ShrunkGain(double Value, double Deviation, double Kept)
{
    private const double Largest = 1e100;

    /// <summary>Null while no decision may be read, and for a control mean of 0. A prior of null is flat, and keeps all.</summary>
    public static ShrunkGain? Of(ComparisonReadout comparison, Direction direction, double? priorPct)
    {
        var decision = comparison.Decision;
        if (!DecisionSides.IsReadable(decision) || decision is not { Estimate: { } estimate, EstimateRelative: { } relative, StandardError: { } error and > 0 }) return null;
        // The estimate over its relative form is the control mean that it was made with; an estimate of 0 has lost it.
        var mean = estimate == 0 ? comparison.Completed.Control.Mean ?? 0 : estimate / relative;
        if (mean == 0) return null;
        // Squares of them must be doubles.
        if (!(Math.Abs(relative) < Largest && Math.Abs(error / mean) < Largest)) return null;
        var gain = new Estimate(DecisionSides.Sign(direction) * relative, error / mean * (error / mean), double.PositiveInfinity);
        Estimate? prior = priorPct is { } wide ? new Estimate(0, wide / 100 * (wide / 100), double.PositiveInfinity) : null;
        return NormalPosterior.Of(gain, prior).TryGet(out var posterior) ? new ShrunkGain(posterior.Value, posterior.StandardError, posterior.Variance / gain.Variance) : null;
    }
}
