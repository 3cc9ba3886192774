using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Designs;

/// <summary>What a design would cost: its plan, the level that the plan is priced at, and what other durations would find.</summary>
public sealed record DesignQuote : ExperimentPlan
{
    private const int Weeks = 8;
    private const int DaysAWeek = 7;

    [SetsRequiredMembers]
    private DesignQuote(ExperimentPlan plan)
        : base(plan)
    {
    }

    /// <summary>Primaries × treatments: what the error rate is shared by.</summary>
    [JsonPropertyOrder(1)]
    public required int Hypotheses { get; init; }

    /// <summary>Two-sided level that each hypothesis is sized for, after correction; a posterior is not corrected.</summary>
    [JsonPropertyOrder(1)]
    public required double AlphaPerHypothesis { get; init; }

    /// <summary>Units a day that reach an arm: the expected traffic, less what allocation and holdout leave out; null when it is unknown.</summary>
    [JsonPropertyOrder(1)]
    public required double? DailyUnits { get; init; }

    /// <summary>The smallest effect that the design would find if it ended after so many weeks, 1 to 8; null without expected traffic.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<WeeklyEffect>? MdeByWeek { get; init; }

    /// <summary>Power that each test is sized for: 1 − β/(guardrails + 1), since the primary and every guardrail must succeed together for a treatment to be shipped.</summary>
    [JsonPropertyOrder(1)]
    public required double PowerPerTest { get; init; }

    /// <summary>What each guardrail needs; the planned sizes are those of whichever test needs most.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<GuardrailQuote> Guardrails { get; init; } = [];

    /// <summary>Prices a design and looks at the durations around it.</summary>
    public static DesignQuote Of(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var (metrics, treatments, daily) = (design.Metrics, design.Setup.TrafficSplit.Count(weight => weight > 0) - 1, Pricing.DailyUnits(design.Setup));
        return new DesignQuote(Pricing.Price(design))
        {
            Hypotheses = (1 + metrics.MorePrimaries.Length) * treatments,
            AlphaPerHypothesis = design.Constraints.Analysis == AnalysisMethod.Bayesian ? metrics.Alpha : Pricing.Corrected(metrics, treatments),
            PowerPerTest = Pricing.TestPower(design),
            Guardrails = [.. metrics.Guardrails.Select(guardrail => GuardrailPricing.Quote(design, guardrail))],
            DailyUnits = daily,
            MdeByWeek = daily is { } units ? [.. Enumerable.Range(1, Weeks).Select(week => After(design, week, week * DaysAWeek * units))] : null,
        };
    }

    private static WeeklyEffect After(Design design, int week, double units) => new() { Week = week, Units = units, MdePct = DetectableEffect.Percent(design, units) };
}

/// <summary>What a duration would find.</summary>
public sealed record WeeklyEffect
{
    /// <summary>Whole weeks.</summary>
    public required int Week { get; init; }

    /// <summary>Units exposed by then, in all arms.</summary>
    public required double Units { get; init; }

    /// <summary>Smallest relative effect that the design, planned for so many units, finds with its power, percent of the baseline; null when no effect the metric can have is found.</summary>
    public required double? MdePct { get; init; }
}

/// <summary>What a guardrail asks of the plan.</summary>
public sealed record GuardrailQuote
{
    /// <summary>The guardrail.</summary>
    public required string Name { get; init; }

    /// <summary>Units in all arms together that show it to be safe with the power of each test when nothing is lost; null where the plan makes no promise for it, and <c>status</c> says why.</summary>
    public required long? Units { get; init; }

    /// <summary>Whether the plan promises a size, or why not. <c>no_margin</c> is a warning: a margin of 0%, which is also that of a guardrail without one, allows no loss, and only an improvement shows the guardrail safe.</summary>
    public required GuardrailPrice Status { get; init; }
}
