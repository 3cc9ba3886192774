using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Guardrails whose treatment is exactly as bad as the margin allows, or no worse at all.</summary>
internal static class GuardrailStudies
{
    private const double Alpha = 0.05;
    private const double Rate = 0.05;
    private const double Margin = 0.1;
    private const int Looks = 1000;
    private const int Batch = 50;
    private const int Guardrails = 3;

    public static ImmutableArray<Simulation> All { get; } = [Of("increase", 1), Of("decrease", -1)];

    private static Simulation Of(string direction, int sign)
    {
        var factor = 1 - (sign * Margin);
        return Simulation.Of(
            $"guardrail/{direction}",
            $"A guardrail that should {direction}, at its margin of 10 %",
            "A conversion of 5 % in the control, 50,000 units an arm, read at 1,000 looks from 100 conversions on.",
            10_000,
            2_000,
            draws => Judge(draws, Rate * factor, sign),
            new("safe", "called safe at the margin", new Claim.AtMost(Alpha), "one-sided α, undivided", states => states.Safe),
            new("safe-plain", "called safe at the margin by the fixed bound at every look", new Claim.Exceeds(Alpha), "peeking", states => states.SafeByFixedBound) { IsNaive = true },
            new("harm", "called harmed with no difference, one of three guardrails", new Claim.AtMost(Alpha / (Guardrails + 1)), "α ÷ (guardrails + 1)", states => states.Harmed));
    }

    private static (bool Safe, bool SafeByFixedBound, bool Harmed) Judge(Draws draws, double treatmentRate, int sign)
    {
        double factor = 1 - (sign * Margin), unit = Rate * (1 - Rate), planned = Looks * Batch, harmAlpha = Alpha / (Guardrails + 1);
        // As the readout tunes them: to the contrast's variance for the bound, to the difference's for harm.
        var safeMixture = AlwaysValid.MixtureVariance((1 + (factor * factor)) * unit / planned, 2 * Alpha);
        var harmMixture = AlwaysValid.MixtureVariance(2 * unit / planned, harmAlpha);
        long control = 0, treatment = 0, equal = 0;
        var states = (Safe: false, SafeByFixedBound: false, Harmed: false);
        for (var look = 1; look <= Looks; look++)
        {
            control += draws.Binomial(Batch, Rate);
            treatment += draws.Binomial(Batch, treatmentRate);
            equal += draws.Binomial(Batch, Rate);
            if (Math.Min(control, Math.Min(treatment, equal)) < AlwaysValid.MinimumEffectiveCount) continue;
            long count = look * Batch;
            var reference = Proportions.Estimate(control, count).Value;
            var contrast = NonInferiority.Contrast(reference, Proportions.Estimate(treatment, count).Value, Margin, sign);
            var slack = sign * contrast.Value;
            states.SafeByFixedBound |= slack > Normal.InverseSurvival(Alpha) * contrast.StandardError;
            // No bound lies below the two-sided radius at 2α: most looks need no root.
            states.Safe |= slack > AlwaysValid.Radius(contrast.Variance, 2 * Alpha, safeMixture) && slack > AlwaysValidBound.Radius(contrast.Variance, Alpha, safeMixture);
            var harm = AlwaysValid.Infer(Effect.Absolute(reference, Proportions.Estimate(equal, count).Value), harmAlpha, harmMixture).Value.Interval;
            states.Harmed |= sign > 0 ? harm.Upper < 0 : harm.Lower > 0;
        }

        return states;
    }
}
