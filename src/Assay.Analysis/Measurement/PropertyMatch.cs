using System.Globalization;
using System.Text.Json;

namespace Assay.Analysis.Measurement;

/// <summary>Tells whether an event's properties pass a filter.</summary>
internal static class PropertyMatch
{
    /// <summary>Whether every clause holds; an event without properties passes no filter.</summary>
    public static bool Passes(PropertyFilter filter, string? properties)
    {
        if (properties is null) return false;
        using var document = JsonDocument.Parse(properties);
        foreach (var clause in filter.Clauses)
            if (!document.RootElement.TryGetProperty(clause.Property, out var value) || !Holds(clause, value)) return false;
        return true;
    }

    private static bool Holds(PropertyClause clause, JsonElement value) => clause.Operator switch
    {
        PropertyOperator.Exists => value.ValueKind != JsonValueKind.Null,
        PropertyOperator.NotEqual => Compare(value, clause.Values[0]) != 0,
        PropertyOperator.Equal => Compare(value, clause.Values[0]) == 0,
        PropertyOperator.In => clause.Values.Any(constant => Compare(value, constant) == 0),
        PropertyOperator.Greater => Compare(value, clause.Values[0]) > 0,
        PropertyOperator.GreaterOrEqual => Compare(value, clause.Values[0]) >= 0,
        PropertyOperator.Less => Compare(value, clause.Values[0]) < 0,
        PropertyOperator.LessOrEqual => Compare(value, clause.Values[0]) <= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(clause), clause.Operator, "Unknown operator."),
    };

    /// <summary>Below, at or above 0 like a comparison; null, which is neither equal nor ordered, for JSON's null.</summary>
    private static int? Compare(JsonElement value, string constant)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number
            && double.TryParse(constant, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value.GetDouble().CompareTo(number);
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return string.CompareOrdinal(text, constant);
    }
}
