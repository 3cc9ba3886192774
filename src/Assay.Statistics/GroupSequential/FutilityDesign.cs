using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A one-sided test with a bound for efficacy and one for futility, each by a spending function (Pampallona, Tsiatis &amp; Kim 2001).</summary>
/// <param name="Fractions">Information fractions.</param>
/// <param name="Upper">Efficacy bounds; +∞ where nothing is spent.</param>
/// <param name="Lower">Futility bounds; −∞ where nothing is spent; the last equals the last efficacy bound.</param>
/// <param name="Drift">Mean of Z at full information for which the power is 1 − β.</param>
/// <param name="Inflation">Largest size over that of the fixed test.</param>
public sealed record FutilityDesign(ImmutableArray<double> Fractions, ImmutableArray<double> Upper, ImmutableArray<double> Lower, double Drift, double Inflation)
{
    /// <summary>Crossing probabilities under a drift when both bounds are obeyed.</summary>
    /// <param name="drift">Mean of Z at full information.</param>
    public Crossing Under(double drift) => Crossing.Of(Fractions.AsSpan(), Lower.AsSpan(), Upper.AsSpan(), drift);

    /// <summary>Finds the drift that makes the last two bounds meet, and the bounds with it.</summary>
    /// <param name="efficacy">Spending of α.</param>
    /// <param name="futility">Spending of β.</param>
    /// <param name="fractions">Information fractions, the last 1.</param>
    /// <param name="alpha">One-sided level, at least 1e-30.</param>
    /// <param name="beta">1 − power, at least 1e-30 and below 1 − α.</param>
    /// <param name="binding">Whether efficacy bounds count on futility being obeyed; non-binding is the safe default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fractions that do not increase, a level outside its range, or spending that leaves the last look nothing to decide.</exception>
    public static FutilityDesign Of(SpendingFunction efficacy, SpendingFunction futility, ImmutableArray<double> fractions, double alpha, double beta, bool binding = false)
    {
        ArgumentNullException.ThrowIfNull(efficacy);
        ArgumentNullException.ThrowIfNull(futility);
        InformationFractions.Apart(InformationFractions.Given(fractions, nameof(fractions)));
        if (!(fractions[^1] is >= 1 - 1e-9 and <= 2)) throw new ArgumentOutOfRangeException(nameof(fractions), fractions[^1], "The last look has the whole information, at most twice.");
        InformationFractions.Level(alpha);
        InformationFractions.Level(beta);
        if (alpha + beta >= 1) throw new ArgumentOutOfRangeException(nameof(beta), beta, "The power must exceed the level.");
        var fixedDrift = Normal.InverseSurvival(alpha) + Normal.InverseSurvival(beta);
        var drift = Roots.Monotone(theta => Bounds(theta).Left, 1.05 * fixedDrift, 0.05, 1e-11);
        var (upper, lower, _) = Bounds(drift);
        return new FutilityDesign(fractions, [.. upper], [.. lower], drift, drift / fixedDrift * (drift / fixedDrift));

        (double[] Upper, double[] Lower, double Left) Bounds(double theta)
        {
            if (!(Math.Abs(theta) <= 1_000)) throw new ArgumentOutOfRangeException(nameof(futility), futility, "No drift makes the last bounds meet.");
            StoppedWalk none = new(0), effect = new(theta);
            double[] up = new double[fractions.Length], down = new double[fractions.Length];
            double alphaSpent = 0, betaSpent = 0;
            for (var k = 0; k < up.Length; k++)
            {
                none.Approach(fractions[k]);
                effect.Approach(fractions[k]);
                var last = k == up.Length - 1;
                double alphaNow = efficacy.Spent(fractions[k], alpha), betaNow = futility.Spent(fractions[k], beta);
                up[k] = alphaNow - alphaSpent > 1e-300 ? TailExcess.Solve(none, alphaNow - alphaSpent, above: true) : double.PositiveInfinity;
                down[k] = last ? up[k] : betaNow - betaSpent > 1e-300 ? Math.Min(up[k], TailExcess.Solve(effect, betaNow - betaSpent, above: false)) : double.NegativeInfinity;
                if (last) return (up, down, effect.Below(up[k]) - (betaNow - betaSpent));
                (alphaSpent, betaSpent) = (alphaNow, betaNow);
                none.Continue(binding ? down[k] : double.NegativeInfinity, up[k], fractions[k + 1]);
                effect.Continue(down[k], up[k], fractions[k + 1]);
            }

            return (up, down, 0);
        }
    }
}
