using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>The decision on one treatment, with the tests that led to it as indices into the p-values given.</summary>
/// <param name="Action">The first that applies: invalid, rollback, ship, inconclusive.</param>
/// <param name="Superior">Success metrics with p ≤ α/(S·k).</param>
/// <param name="NotNonInferior">Guardrails with p &gt; α/k: those that stand in the way.</param>
/// <param name="Deteriorated">Metrics with p ≤ α_d ÷ the number of deterioration tests.</param>
/// <param name="FailedQuality">Quality tests (sample ratio and the like) with p ≤ their level.</param>
/// <param name="IsSuccess">One success metric is superior, or there is none to be.</param>
public sealed record ShipDecision(
    ShipAction Action, ImmutableArray<int> Superior, ImmutableArray<int> NotNonInferior, ImmutableArray<int> Deteriorated, ImmutableArray<int> FailedQuality, bool IsSuccess)
{
    /// <summary>Every guardrail is non-inferior.</summary>
    public bool AreGuardrailsSafe => NotNonInferior.IsEmpty;

    /// <summary>Some metric deteriorated.</summary>
    public bool IsHarmful => !Deteriorated.IsEmpty;

    /// <summary>No quality test failed.</summary>
    public bool IsValid => FailedQuality.IsEmpty;

    /// <summary>Ships if and only if any success metric is superior, all guardrails are non-inferior, no metric deteriorates and no quality test fails (Schultzberg, Ankargren &amp; Frånberg 2024).</summary>
    /// <param name="risks">The allocation the experiment was planned with.</param>
    /// <param name="superiority">One-sided p-value of each success metric. A test that is undetermined is given as 1, no evidence.</param>
    /// <param name="nonInferiority">One-sided p-value of each guardrail.</param>
    /// <param name="deterioration">One-sided p-values of harm, of as many metrics as are watched.</param>
    /// <param name="quality">p-values of the quality tests.</param>
    /// <param name="deteriorationAlpha">Level of the deterioration tests together, in (0, 1).</param>
    /// <param name="qualityAlpha">Level of each quality test, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Not one p-value a planned metric, a p-value outside [0, 1], or a level outside (0, 1).</exception>
    public static ShipDecision Of(
        RiskAllocation risks,
        ReadOnlySpan<double> superiority,
        ReadOnlySpan<double> nonInferiority,
        ReadOnlySpan<double> deterioration,
        ReadOnlySpan<double> quality,
        double deteriorationAlpha,
        double qualityAlpha)
    {
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentOutOfRangeException.ThrowIfNotEqual(superiority.Length, risks.SuccessMetrics, nameof(superiority));
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonInferiority.Length, risks.Guardrails, nameof(nonInferiority));
        Check.Level(deteriorationAlpha);
        Check.Level(qualityAlpha);
        var superior = Significant(superiority, risks.SuccessLevel.TryGet(out var level) ? level : 0, nameof(superiority));
        var safe = Significant(nonInferiority, risks.GuardrailLevel, nameof(nonInferiority));
        ImmutableArray<int> open = [.. Enumerable.Range(0, nonInferiority.Length).Except(safe)];
        var harmed = Significant(deterioration, deteriorationAlpha / Math.Max(1, deterioration.Length), nameof(deterioration));
        var failed = Significant(quality, qualityAlpha, nameof(quality));
        var success = risks.SuccessMetrics == 0 || !superior.IsEmpty;
        var action = !failed.IsEmpty ? ShipAction.Invalid
            : !harmed.IsEmpty ? ShipAction.Rollback
            : success && open.IsEmpty ? ShipAction.Ship
            : ShipAction.Inconclusive;
        return new ShipDecision(action, superior, open, harmed, failed, success);
    }

    private static ImmutableArray<int> Significant(ReadOnlySpan<double> pValues, double level, string name)
    {
        var found = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < pValues.Length; i++)
        {
            Check.Probability(pValues[i], name);
            if (pValues[i] <= level) found.Add(i);
        }

        return found.ToImmutable();
    }
}

/// <summary>What to do with one treatment.</summary>
public enum ShipAction
{
    /// <summary>Neither shown good enough nor shown harmful: a guardrail that is not significant is not a pass.</summary>
    Inconclusive,

    /// <summary>A success metric is superior, all guardrails are non-inferior, and nothing is wrong.</summary>
    Ship,

    /// <summary>A metric deteriorated.</summary>
    Rollback,

    /// <summary>The data failed a test of their quality, so they decide nothing.</summary>
    Invalid,
}
