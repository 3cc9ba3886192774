using System.Text.Json;

namespace Assay.Statistics.Tests;

/// <summary>The input of a golden case.</summary>
internal readonly record struct Given(JsonElement Element)
{
    public bool Has(string name) => Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public double Number(string name) => ToNumber(Element.GetProperty(name));

    public double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    public double? Optional(string name) => Has(name) ? Number(name) : null;

    public long Count(string name) => (long)Number(name);

    public string Text(string name) => Element.GetProperty(name).GetString()!;

    public string Text(string name, string otherwise) => Has(name) ? Text(name) : otherwise;

    public bool Flag(string name, bool otherwise = false) => Has(name) ? Element.GetProperty(name).GetBoolean() : otherwise;

    public double[] Numbers(string name) => [.. Element.GetProperty(name).EnumerateArray().Select(ToNumber)];

    public long[] Counts(string name) => [.. Element.GetProperty(name).EnumerateArray().Select(value => (long)ToNumber(value))];

    public Given[] Items(string name) => [.. Element.GetProperty(name).EnumerateArray().Select(value => new Given(value))];

    public double[][] Rows(string name) => [.. Element.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(ToNumber).ToArray())];

    public Given Part(string name) => new(Element.GetProperty(name));

    public static double ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString() switch
        {
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            _ => double.NaN,
        },
        _ => double.NaN,
    };
}
