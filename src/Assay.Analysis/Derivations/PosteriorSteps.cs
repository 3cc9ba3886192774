using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Derivations;

/// <summary>The posterior of a pair under a flat prior.</summary>
internal static class PosteriorSteps
{
    /// <param name="before">Steps with the arms and the effect.</param>
    /// <param name="pair">The units.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval.</param>
    public static DerivationPart Of(IEnumerable<DerivationStep> before, Pair pair, double alpha)
    {
        var steps = new Steps(before);
        if (!pair.Posterior(alpha).TryGet(out var posterior)) return steps.As(DerivationKind.Posterior);
        steps.Given(Quantity.Alpha, "α", alpha);
        if (pair.Metric.Type == MetricType.Binary)
        {
            return steps
                .Write(Quantity.PosteriorA, "a_c", "1 + {x_c}", 1.0 + pair.Control.Converted).Write(Quantity.PosteriorB, "b_c", "1 + {n_c} − {x_c}", 1.0 + pair.Control.Count - pair.Control.Converted)
                .Write(Quantity.PosteriorA, "a_t", "1 + {x_t}", 1.0 + pair.Treatment.Converted).Write(Quantity.PosteriorB, "b_t", "1 + {n_t} − {x_t}", 1.0 + pair.Treatment.Count - pair.Treatment.Converted)
                .Given(Quantity.ProbabilityHigher, "P", posterior.ProbabilityTreatmentBeatsControl)
                .Given(Quantity.Lower, "L", posterior.Credible.Lower)
                .Given(Quantity.Upper, "U", posterior.Credible.Upper)
                .As(DerivationKind.Posterior);
        }

        return steps
            .Write(Quantity.ProbabilityHigher, "P", "Q(−{d} ÷ {se})", posterior.ProbabilityTreatmentBeatsControl)
            .Write(Quantity.Multiplier, "q", "z({α} ÷ 2)", Normal.TwoSidedCritical(alpha))
            .Write(Quantity.Lower, "L", "{d} − {q} × {se}", posterior.Credible.Lower)
            .Write(Quantity.Upper, "U", "{d} + {q} × {se}", posterior.Credible.Upper)
            .As(DerivationKind.Posterior);
    }
}
