using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Measurement;

/// <summary>A metric as data: which events of a unit count, from when to when, and how they make one number.</summary>
/// <param name="Metric">The metric's name, unique within the experiment.</param>
/// <param name="Event">The event's name.</param>
/// <param name="Aggregate">How a unit's events make one number.</param>
/// <param name="Window">Events at t with first exposure ≤ t &lt; first exposure + window count.</param>
public sealed record MetricPlan(string Metric, string Event, Aggregate Aggregate, TimeSpan Window)
{
    /// <summary>Only events whose properties pass count; null for all.</summary>
    public PropertyFilter? Filter { get; init; }

    /// <summary>Upper limit of the unit's value; null for none.</summary>
    public double? Cap { get; init; }

    /// <summary>For <see cref="Aggregate.Between"/>: the offset after first exposure from which an event counts.</summary>
    public TimeSpan From { get; init; }

    /// <summary>Length of the ages that a unit's values are also kept by, counted from its first exposure; the last one ends with the window and may be shorter. Null where they are not. For <see cref="Aggregate.Any"/>, <see cref="Aggregate.Sum"/> and <see cref="Aggregate.Count"/> without a cap.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Age { get; init; }

    /// <summary>Number of ages; 0 where values by age are not kept.</summary>
    internal int Ages => Age is { } age ? (int)((Window.Ticks + age.Ticks - 1) / age.Ticks) : 0;
}

/// <summary>How a unit's events make one number.</summary>
public enum Aggregate
{
    /// <summary>1 if any event, else 0.</summary>
    Any,

    /// <summary>Sum of values.</summary>
    Sum,

    /// <summary>Number of events.</summary>
    Count,

    /// <summary>Number of distinct UTC days with an event.</summary>
    DistinctDays,

    /// <summary>Largest value, 0 if none.</summary>
    Max,

    /// <summary>1 if any event at or after first exposure + <see cref="MetricPlan.From"/> and inside the window, else 0 (retention).</summary>
    Between,
}

/// <summary>A condition on an event's properties: every clause must hold.</summary>
public sealed record PropertyFilter(ImmutableArray<PropertyClause> Clauses);

/// <summary>One comparison of a property with one or more constants.</summary>
public sealed record PropertyClause(string Property, PropertyOperator Operator, ImmutableArray<string> Values);

/// <summary>The comparisons of a <see cref="PropertyClause"/>. Numbers compare as numbers when both sides are, otherwise text compares ordinally.</summary>
public enum PropertyOperator
{
    /// <summary>Equal to the value.</summary>
    Equal,

    /// <summary>Present and not equal to the value.</summary>
    NotEqual,

    /// <summary>Equal to one of the values.</summary>
    In,

    /// <summary>Greater than the value.</summary>
    Greater,

    /// <summary>Greater than or equal to the value.</summary>
    GreaterOrEqual,

    /// <summary>Less than the value.</summary>
    Less,

    /// <summary>Less than or equal to the value.</summary>
    LessOrEqual,

    /// <summary>Present and not null.</summary>
    Exists,
}
