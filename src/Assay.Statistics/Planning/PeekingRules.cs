using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The rules by which a running test may be read, side by side.</summary>
/// <remarks>Exact crossing probabilities (Armitage, McPherson &amp; Rowe 1969).</remarks>
public static class PeekingRules
{
    /// <summary>Every rule at so many equally spaced looks of a two-sided test, by the exact recursion: the fixed test, the naive reading, planned boundaries, always-valid ones.</summary>
    /// <param name="looks">Looks, the last at full information.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Power of the fixed test at the effect that all are compared at.</param>
    /// <returns>One line a rule, in the order of <see cref="PeekingRule"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No look or more than a design may have, or a level or power outside (0, 1).</exception>
    public static ImmutableArray<PeekingCost> Compare(int looks, double alpha, double power)
    {
        InformationFractions.Looks(looks);
        if (!(alpha is >= 0.01 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The early bound of 3 alone spends a smaller level.");
        Check.Level(power);
        var fractions = GroupSequential.Equal(looks);
        (PeekingRule Rule, string Name, Boundaries Bounds)[] rules =
        [
            (PeekingRule.FixedHorizon, "fixed horizon, one look", GroupSequential.Pocock(1, alpha)),
            (PeekingRule.NaiveZ, "naive z at every look", Flat(fractions, alpha)),
            (PeekingRule.HaybittlePeto, "Haybittle-Peto 3", GroupSequential.HaybittlePeto(looks, alpha)),
            (PeekingRule.OBrienFleming, "O'Brien-Fleming", GroupSequential.OBrienFleming(looks, alpha)),
            (PeekingRule.SpendingOBrienFleming, "Lan-DeMets O'Brien-Fleming", GroupSequential.Spending(SpendingFunction.OBrienFleming, fractions, alpha)),
            (PeekingRule.SpendingKimDeMets, "Kim-DeMets 3", GroupSequential.Spending(SpendingFunction.KimDeMets(3), fractions, alpha)),
            (PeekingRule.SpendingPocock, "Lan-DeMets Pocock", GroupSequential.Spending(SpendingFunction.Pocock, fractions, alpha)),
            (PeekingRule.Pocock, "Pocock", GroupSequential.Pocock(looks, alpha)),
            (PeekingRule.CalibratedMixture, "calibrated mixture", CalibratedMixture.Of(fractions, alpha).Bounds),
            (PeekingRule.Hybrid, "half mixture, half fixed", MixtureBoundaries.Hybrid(fractions, alpha)),
            (PeekingRule.MixtureToEnd, "mixture tuned to the end", MixtureBoundaries.Plain(fractions, alpha)),
            (PeekingRule.MixtureToTenth, "mixture tuned to a tenth", MixtureBoundaries.Plain(fractions, alpha, 0.1)),
            (PeekingRule.MixtureToHundredth, "mixture tuned to a hundredth", MixtureBoundaries.Plain(fractions, alpha, 0.01)),
            (PeekingRule.Bonferroni, "Bonferroni over the looks", Flat(fractions, alpha / looks)),
        ];
        return [.. rules.Select(rule => new PeekingCost(rule.Rule, rule.Name, RelativeEfficiency.Of(rule.Bounds, alpha, power)))];
    }

    private static Boundaries Flat(ImmutableArray<double> fractions, double level) =>
        GroupSequential.Finish(fractions, [.. fractions.Select(_ => Normal.TwoSidedCritical(level))], 2, double.NaN);
}
