using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Statistics.Tests;

/// <summary>One case: |got − expected| ≤ abs + rel·|expected| for numbers, null for undefined, everything else exactly.</summary>
internal sealed record GoldenCase(string Method, JsonElement Tolerance, Given Input, JsonElement Expected)
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Compares each expected field with the answer's property of the same name; an answer may say more.</summary>
    public void Compare(object answer)
    {
        var got = JsonSerializer.SerializeToElement(answer, Options);
        var failures = new List<string>();
        Compare(Expected, got, string.Empty, string.Empty, failures);
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    private void Compare(JsonElement expected, JsonElement got, string path, string field, List<string> failures)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    if (got.ValueKind == JsonValueKind.Object && got.TryGetProperty(property.Name, out var inner)) Compare(property.Value, inner, $"{path}.{property.Name}", property.Name, failures);
                    else failures.Add($"{path}.{property.Name}: expected {property.Value}, got nothing");
                }

                break;
            case JsonValueKind.Array:
                if (got.ValueKind != JsonValueKind.Array || got.GetArrayLength() != expected.GetArrayLength())
                {
                    failures.Add($"{path}: expected {expected}, got {got}");
                    break;
                }

                for (var i = 0; i < expected.GetArrayLength(); i++) Compare(expected[i], got[i], $"{path}[{i}]", field, failures);
                break;
            case JsonValueKind.Null:
                if (got.ValueKind != JsonValueKind.Null && !(got.ValueKind == JsonValueKind.String && got.GetString() is "NaN")) failures.Add($"{path}: expected undefined, got {got}");
                break;
            case JsonValueKind.Number:
            case JsonValueKind.String when expected.GetString() is "inf" or "-inf":
                CompareNumbers(Given.ToNumber(expected), got, path, field, failures);
                break;
            default:
                if (!JsonElement.DeepEquals(expected, got)) failures.Add($"{path}: expected {expected}, got {got}");
                break;
        }
    }

    private void CompareNumbers(double expected, JsonElement got, string path, string field, List<string> failures)
    {
        var value = got.ValueKind is JsonValueKind.Number or JsonValueKind.String ? Given.ToNumber(got) : double.NaN;
        var (relative, absolute) = Allowed(field);
        var near = double.IsInfinity(expected) ? value == expected : Math.Abs(value - expected) <= absolute + (relative * Math.Abs(expected));
        if (near) return;
        var error = expected == 0 ? Math.Abs(value) : Math.Abs((value - expected) / expected);
        failures.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: expected {expected:R}, got {value:R} (off by {error:E1}, allowed {relative:E0} + {absolute:E0})"));
    }

    private (double Relative, double Absolute) Allowed(string field)
    {
        double relative = Field(Tolerance, "rel", 0), absolute = Field(Tolerance, "abs", 0);
        if (Tolerance.TryGetProperty("fields", out var fields) && fields.TryGetProperty(field, out var special))
        {
            (relative, absolute) = (Field(special, "rel", 0), Field(special, "abs", 0));
        }

        return (relative, absolute);

        static double Field(JsonElement from, string name, double otherwise) => from.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
    }
}
