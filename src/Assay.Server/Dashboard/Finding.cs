using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard;

/// <summary>What a decision says of one treatment on one metric, in the desired direction: what colour and words follow.</summary>
internal enum Finding
{
    /// <summary>Shown to move in the desired direction.</summary>
    Better,

    /// <summary>Shown to move in the desired direction, and not yet shown to do so by the smallest effect worth shipping.</summary>
    BetterBelowMinimum,

    /// <summary>Shown to move in the undesired direction.</summary>
    Worse,

    /// <summary>The decision may be read, and shows no difference.</summary>
    NotShown,

    /// <summary>Too few completed units for the method to speak.</summary>
    TooEarly,

    /// <summary>The planned size is not reached.</summary>
    Locked,

    /// <summary>Completed units do not determine an effect.</summary>
    Undetermined,

    /// <summary>The method never decides (a posterior).</summary>
    ReferenceOnly,
}

internal static class Findings
{
    public static Finding Of(ComparisonReadout comparison, Direction direction, double minimumEffectPct) => Of(comparison.Decision, DecidedEffect.Of(comparison), direction, minimumEffectPct);

    /// <summary>What a decision says.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="effect">The effect on completed units.</param>
    /// <param name="direction">The desired direction.</param>
    /// <param name="minimumEffectPct">The smallest relative effect worth shipping, percent.</param>
    public static Finding Of(DecisionReadout decision, double? effect, Direction direction, double minimumEffectPct) => decision switch
    {
        { Status: InferenceStatus.TooEarly } => Finding.TooEarly,
        { Status: InferenceStatus.Locked } => Finding.Locked,
        { Status: InferenceStatus.InsufficientData } => Finding.Undetermined,
        { Validity: Validity.ReferenceOnly } => Finding.ReferenceOnly,
        { IsSignificant: false } => Finding.NotShown,
        _ when IsRise(decision, effect) != (direction == Direction.Increase) => Finding.Worse,
        _ => ShowsAtLeast(decision, direction, minimumEffectPct / 100) ? Finding.Better : Finding.BetterBelowMinimum,
    };

    /// <summary>Which way a significant effect went: the side of 0 that its interval is on, since completed units may have gone on after the decision.</summary>
    public static bool IsRise(ComparisonReadout comparison) => IsRise(comparison.Decision, DecidedEffect.Of(comparison));

    /// <inheritdoc cref="IsRise(ComparisonReadout)" />
    public static bool IsRise(DecisionReadout decision, double? effect) =>
        (decision.CiLower, decision.CiUpper) is (null, null) ? effect > 0 : decision.CiLower >= 0;

    /// <summary>Whether the whole relative interval lies beyond the smallest effect worth shipping; an end that is open lies beyond nothing.</summary>
    private static bool ShowsAtLeast(DecisionReadout decision, Direction direction, double minimum) =>
        minimum <= 0 || (direction == Direction.Increase ? decision.CiRelativeLower >= minimum : decision.CiRelativeUpper <= -minimum);

    /// <summary>The style that goes with it; the words always stand beside.</summary>
    public static string Style(this Finding finding) => finding switch
    {
        Finding.Better => "good",
        Finding.Worse => "bad",
        _ => "calm",
    };
}
