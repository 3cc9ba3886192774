using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>A validated design document with every default filled in: what is tested, on whom, by which metrics and which method. Frozen when the experiment starts.</summary>
public sealed record Design
{
    /// <summary>The experiment's key, <c>^[a-z0-9][a-z0-9-]{0,63}$</c>.</summary>
    public required string Key { get; init; }

    /// <summary>A name for people; the key unless given.</summary>
    public required string Name { get; init; }

    /// <summary>What is believed, and by whom.</summary>
    public Hypothesis? Hypothesis { get; init; }

    /// <summary>Units, variations and traffic.</summary>
    public required Setup Setup { get; init; }

    /// <summary>Metrics and the error rates they are judged at.</summary>
    public required MetricSet Metrics { get; init; }

    /// <summary>The method of analysis.</summary>
    public required Constraints Constraints { get; init; }

    /// <summary>What the verdict is told.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>Relative effect below which nothing is worth waiting for, percent.</summary>
    public double FutilityEffectPct => Policy.FutilityEffectPct ?? Metrics.MdePct;

    /// <summary>The larger of the minimum effect and the futility effect, percent: an effect that is shown to be smaller is not worth the experiment's time.</summary>
    public double WorthwhileEffectPct => Math.Max(Metrics.MinimumEffectPct, FutilityEffectPct);
}

/// <summary>What is believed, and by whom.</summary>
public sealed record Hypothesis(string? Statement, string? Owner);

/// <summary>Units, variations and traffic of a design.</summary>
public sealed record Setup
{
    /// <summary>What is randomised, for people ("user").</summary>
    public required string Unit { get; init; }

    /// <summary>2 to 10 variations; index 0 is the control.</summary>
    public required ImmutableArray<Variation> Variations { get; init; }

    /// <summary>Weights as written, on any scale, ≥ 0, at least two positive.</summary>
    public required ImmutableArray<double> TrafficSplit { get; init; }

    /// <summary>Share of units that take part, in (0, 1].</summary>
    public required double TrafficAllocation { get; init; }

    /// <summary>Share of units held out, in [0, 1).</summary>
    public required double HoldoutFraction { get; init; }

    /// <summary>Units a day, or null when unknown (the duration then stays unknown too).</summary>
    public double? ExpectedDailyTraffic { get; init; }

    /// <summary>Attributes that results are broken down by, at most 5.</summary>
    public ImmutableArray<Segment> Segments { get; init; } = [];

    /// <summary><see cref="TrafficSplit"/> normalised to sum to 1.</summary>
    public ImmutableArray<double> Shares
    {
        get
        {
            var total = TrafficSplit.Sum();
            return [.. TrafficSplit.Select(weight => weight / total)];
        }
    }
}

/// <summary>One variation and the value an application receives for it.</summary>
public sealed record Variation(string Key, JsonElement Value);

/// <summary>An attribute of exposures that results are broken down by.</summary>
/// <param name="Attribute">Name of the attribute, 1 to 100 characters without '='.</param>
/// <param name="Values">1 to 20 values that are told apart; any other is "other", and an exposure without the attribute is "none".</param>
public sealed record Segment(string Attribute, ImmutableArray<string> Values);

/// <summary>The metrics of a design by role, and the error rates of the primary family.</summary>
public sealed record MetricSet
{
    /// <summary>The primary metric: the one that sizes the test.</summary>
    public required Metric Primary { get; init; }

    /// <summary>Smallest relative effect of interest, percent of the baseline, &gt; 0.</summary>
    public required double MdePct { get; init; }

    /// <summary>Smallest relative effect worth shipping, percent, ≥ 0.</summary>
    public required double MinimumEffectPct { get; init; }

    /// <summary>Two-sided error rate of the primary family, in (0, 0.5).</summary>
    public required double Alpha { get; init; }

    /// <summary>Power at the MDE, in (0, 1).</summary>
    public required double Power { get; init; }

    /// <summary>Default window after first exposure, hours.</summary>
    public required double AttributionWindowHours { get; init; }

    /// <summary>Further primaries, corrected together with <see cref="Primary"/>.</summary>
    public required ImmutableArray<Metric> MorePrimaries { get; init; }

    /// <summary>Metrics that inform and never decide.</summary>
    public required ImmutableArray<Metric> Secondary { get; init; }

    /// <summary>Metrics that must not get worse by more than their margin.</summary>
    public required ImmutableArray<Metric> Guardrails { get; init; }

    /// <summary>Pre-exposure values that explain variance.</summary>
    public required ImmutableArray<Covariate> Covariates { get; init; }

    /// <summary>Every metric once: primary, more primaries, secondary, guardrails.</summary>
    public IEnumerable<Metric> All => [Primary, .. MorePrimaries, .. Secondary, .. Guardrails];
}

/// <summary>A metric: which events of a unit count, how they make one value, and which direction is desired.</summary>
public sealed record Metric
{
    /// <summary>Unique within the design, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The event's name; the metric's own unless given.</summary>
    public required string Event { get; init; }

    /// <summary>How a unit's events make its value.</summary>
    public required MetricType Type { get; init; }

    /// <summary>The desired direction.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Window after first exposure, hours, 0.25 to 2160.</summary>
    public required double WindowHours { get; init; }

    /// <summary>Expected mean under control.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>Expected standard deviation of a unit's value.</summary>
    public double? StdDev { get; init; }

    /// <summary>Non-inferiority margin of a guardrail, percent of the control mean.</summary>
    public double? NonInferiorityMarginPct { get; init; }
}

/// <summary>A pre-exposure value of a unit.</summary>
public sealed record Covariate(string Name, CovariateSource Source);

/// <summary>The method of analysis and its schedule.</summary>
public sealed record Constraints(AnalysisMethod Analysis, int NLooks, string Spending, string Multiplicity);

/// <summary>How a unit's events make its value.</summary>
public enum MetricType
{
    /// <summary>1 if any event, else 0.</summary>
    Binary,

    /// <summary>Sum of the events' values, 0 if none.</summary>
    Continuous,

    /// <summary>Number of events.</summary>
    Count,

    /// <summary>Σ numerator ÷ Σ denominator.</summary>
    Ratio,
}

/// <summary>The desired direction of a metric.</summary>
public enum Direction
{
    /// <summary>More is better.</summary>
    Increase,

    /// <summary>Less is better.</summary>
    Decrease,
}

/// <summary>Where a covariate comes from.</summary>
public enum CovariateSource
{
    /// <summary>Uploaded to <c>/pre-period</c>.</summary>
    PrePeriod,

    /// <summary>Measured from events before the first exposure.</summary>
    Events,
}

/// <summary>The method that decides.</summary>
public enum AnalysisMethod
{
    /// <summary>Valid at every look.</summary>
    AlwaysValid,

    /// <summary>Valid at recorded looks.</summary>
    GroupSequential,

    /// <summary>Valid once, at the planned size.</summary>
    FixedHorizon,

    /// <summary>A posterior, for reference.</summary>
    Bayesian,
}
