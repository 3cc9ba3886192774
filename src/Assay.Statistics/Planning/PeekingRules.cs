using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The rules by which a running test may be read, side by side.</summary>
/// <remarks>Exact crossing probabilities (Armitage, McPherson &amp; Rowe 1969).</remarks>
public static class PeekingRules
{
    // Nearer to 1 a spending function leaves a look nothing that a bound could spend.
    private const double MostLevel = 0.99;

    /// <summary>Every rule at so many equally spaced looks of a two-sided test, by the exact recursion: the fixed test, the naive reading, planned boundaries, always-valid ones.</summary>
    /// <param name="looks">Looks, the last at full information.</param>
    /// <param name="alpha">Two-sided level, from 1e-30 to 0.99.</param>
    /// <param name="power">Power of the fixed test at the effect that all are compared at, above α and below 1.</param>
    /// <returns>One line a rule, in the order of <see cref="PeekingRule"/>; without <see cref="PeekingRule.HaybittlePeto"/> where its early bound of 3 alone spends the level.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No look or more than a design may have, or a level or power outside its range.</exception>
    public static ImmutableArray<PeekingCost> Compare(int looks, double alpha, double power)
    {
        InformationFractions.Looks(looks);
        InformationFractions.Level(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, MostLevel);
        if (!(power > alpha && power < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "The power lies above the level and below 1.");
        var fractions = GroupSequential.Equal(looks);
        (PeekingRule Rule, Boundaries? Bounds)[] rules =
        [
            (PeekingRule.FixedHorizon, GroupSequential.Pocock(1, alpha)),
            (PeekingRule.NaiveZ, Flat(fractions, alpha)),
            (PeekingRule.HaybittlePeto, HaybittlePeto(looks, alpha)),
            (PeekingRule.OBrienFleming, GroupSequential.OBrienFleming(looks, alpha)),
            (PeekingRule.SpendingOBrienFleming, GroupSequential.Spending(SpendingFunction.OBrienFleming, fractions, alpha)),
            (PeekingRule.SpendingKimDeMets, GroupSequential.Spending(SpendingFunction.KimDeMets(3), fractions, alpha)),
            (PeekingRule.SpendingPocock, GroupSequential.Spending(SpendingFunction.Pocock, fractions, alpha)),
            (PeekingRule.Pocock, GroupSequential.Pocock(looks, alpha)),
            (PeekingRule.CalibratedMixture, CalibratedMixture.Of(fractions, alpha).Bounds),
            (PeekingRule.Hybrid, MixtureBoundaries.Hybrid(fractions, alpha)),
            (PeekingRule.MixtureToEnd, MixtureBoundaries.Plain(fractions, alpha)),
            (PeekingRule.MixtureToTenth, MixtureBoundaries.Plain(fractions, alpha, 0.1)),
            (PeekingRule.MixtureToHundredth, MixtureBoundaries.Plain(fractions, alpha, 0.01)),
            (PeekingRule.Bonferroni, Flat(fractions, alpha / looks)),
        ];
        return [.. from rule in rules where rule.Bounds is not null select new PeekingCost(rule.Rule, RelativeEfficiency.Of(rule.Bounds, alpha, power))];
    }

    /// <summary>Null where z = 3 at the early looks spends the level, so that nothing is left for the last.</summary>
    private static Boundaries? HaybittlePeto(int looks, double alpha)
    {
        const double early = 3;
        var spent = GroupSequential.Finish(GroupSequential.Equal(looks), [.. Enumerable.Repeat(early, looks - 1), double.PositiveInfinity], 2, constant: null).CumulativeAlpha[^1];
        // A last bit of the sum must not decide whether there is a rule.
        return spent < alpha * (1 - 1e-9) ? GroupSequential.HaybittlePeto(looks, alpha, early) : null;
    }

    private static Boundaries Flat(ImmutableArray<double> fractions, double level) =>
        GroupSequential.Finish(fractions, [.. fractions.Select(_ => Normal.TwoSidedCritical(level))], 2, double.NaN);
}
