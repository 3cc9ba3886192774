using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Experiments;

/// <summary>A design as it is written: what to test, on whom, by which metrics and which method. Answers carry every field, defaults filled in.</summary>
internal sealed record DesignDocument
{
    /// <summary>Names the experiment, <c>^[a-z0-9][a-z0-9-]{0,63}$</c>.</summary>
    public required string Key { get; init; }

    /// <summary>A name for people; the key unless given.</summary>
    public string? Name { get; init; }

    public HypothesisDocument? Hypothesis { get; init; }

    public required SetupDocument Setup { get; init; }

    public required MetricsDocument Metrics { get; init; }

    public ConstraintsDocument? Constraints { get; init; }

    public PolicyDocument? Policy { get; init; }
}

/// <summary>What is believed, and by whom.</summary>
internal sealed record HypothesisDocument(string? Statement = null, string? Owner = null);

/// <summary>Units, variations and traffic.</summary>
internal sealed record SetupDocument
{
    /// <summary>What is randomised, for people.</summary>
    public string? Unit { get; init; }

    /// <summary>2 to 10; the first is the control.</summary>
    public required ImmutableArray<VariationDocument> Variations { get; init; }

    /// <summary>Weights on any scale, ≥ 0, at least two positive; equal unless given.</summary>
    public ImmutableArray<double>? TrafficSplit { get; init; }

    /// <summary>Share of units that take part; 1 unless given.</summary>
    public double? TrafficAllocation { get; init; }

    /// <summary>Share of units held out; 0 unless given.</summary>
    public double? HoldoutFraction { get; init; }

    /// <summary>Units a day; without it the duration is unknown.</summary>
    public double? ExpectedDailyTraffic { get; init; }

    /// <summary>Attributes of exposures that results are broken down by: at most 5, of 1 to 20 values each. A unit counts under the value of the exposure that decides its arm, under <c>other</c> when that is not declared, under <c>none</c> without one.</summary>
    public ImmutableArray<SegmentDocument>? Segments { get; init; }

    /// <summary>Not supported yet.</summary>
    public JsonElement? Targeting { get; init; }

    /// <summary>Not supported yet.</summary>
    public JsonElement? Layer { get; init; }
}

/// <summary>One variation and the value an application receives for it.</summary>
internal sealed record VariationDocument
{
    public required string Key { get; init; }

    /// <summary>Any JSON; the key unless given.</summary>
    public JsonElement? Value { get; init; }
}

/// <summary>An attribute of exposures that results are broken down by: a unit counts under the value of the exposure that decided its arm.</summary>
internal sealed record SegmentDocument
{
    /// <summary>Name of the attribute, 1 to 100 characters without '='.</summary>
    public required string Attribute { get; init; }

    /// <summary>1 to 20 values that are told apart, numbers and truth values by their text; units with another value are under <c>other</c>, units without one under <c>none</c>, which no declared value may be called.</summary>
    public required ImmutableArray<string> Values { get; init; }
}

/// <summary>The method of analysis and its schedule.</summary>
internal sealed record ConstraintsDocument
{
    public AnalysisMethod? Analysis { get; init; }

    public int? NLooks { get; init; }

    /// <summary><c>obrien_fleming</c>.</summary>
    public string? Spending { get; init; }

    /// <summary><c>holm</c>.</summary>
    public string? Multiplicity { get; init; }
}

/// <summary>What the verdict is told before the start; frozen with the design.</summary>
internal sealed record PolicyDocument
{
    /// <summary>Relative effect below which nothing is worth waiting for, percent, &gt; 0; <c>mde_pct</c> unless given.</summary>
    public double? FutilityEffectPct { get; init; }

    /// <summary>Share of ideas that truly work, in (0, 1), for the false-positive risk when the installation has no record.</summary>
    public double? PriorSuccessRate { get; init; }
}
