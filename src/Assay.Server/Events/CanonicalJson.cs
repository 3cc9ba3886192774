using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Server.Events;

/// <summary>One text for equal JSON: keys sorted, numbers in their shortest exact form, no white space. Identity of content is equality of this text.</summary>
internal static class CanonicalJson
{
    /// <summary>Deeper nesting is refused: it carries no meaning for a filter and costs every later reader.</summary>
    public const int MaxDepth = 32;

    private const int LongestPlainNumber = 21;

    // The text is stored and compared, never put into a page unescaped: relaxed escaping keeps letters as letters.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The canonical text of a value, or null with the reason it has none: a repeated key, a number beyond a double, a lone surrogate, U+0000 or too deep nesting.</summary>
    public static string? Of(JsonElement value, out string? reason)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Plain);
        reason = Write(writer, value, 0);
        if (reason is not null) return null;
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? Write(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        if (depth > MaxDepth) return $"nested deeper than {MaxDepth} levels";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(writer, value, depth);
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    if (Write(writer, item, depth + 1) is { } reason) return reason;
                writer.WriteEndArray();
                return null;
            case JsonValueKind.String:
                if (JsonText.Read(value) is not { } text) return "a text with U+0000 or half a surrogate pair";
                writer.WriteStringValue(text);
                return null;
            case JsonValueKind.Number:
                if (Number(value.GetRawText()) is not { } number) return "a number beyond the range of a double";
                writer.WriteRawValue(number, skipInputValidation: true);
                return null;
            default:
                value.WriteTo(writer);
                return null;
        }
    }

    private static string? WriteObject(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        var sorted = new SortedList<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (JsonText.ReadName(property) is not { } name) return "a key with U+0000 or half a surrogate pair";
            if (!sorted.TryAdd(name, property.Value)) return $"the key '{name}' twice";
        }

        writer.WriteStartObject();
        foreach (var (name, member) in sorted)
        {
            writer.WritePropertyName(name);
            if (Write(writer, member, depth + 1) is { } reason) return reason;
        }

        writer.WriteEndObject();
        return null;
    }

    /// <summary>A number's digits without leading or trailing zeros and its power of ten: 1.50, 15e-1 and 1.5 are one number, and no digit is lost.</summary>
    private static string? Number(string raw)
    {
        var value = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) return null;
        if (value == 0) return "0";

        var mark = raw.AsSpan().IndexOfAny('e', 'E');
        var exponent = mark < 0 ? 0 : int.Parse(raw.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (mark < 0 ? raw : raw[..mark]).TrimStart('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= mantissa.Length - point - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        exponent += digits.Length - significant.Length;
        return (value < 0 ? "-" : "") + Place(significant, exponent);
    }

    private static string Place(string digits, int exponent)
    {
        if (exponent >= 0 && digits.Length + exponent <= LongestPlainNumber) return digits + new string('0', exponent);
        var point = digits.Length + exponent;
        if (exponent < 0 && point > 0) return digits.Insert(point, ".");
        if (exponent < 0 && point > -6) return "0." + new string('0', -point) + digits;
        var scaled = digits.Length == 1 ? digits : digits.Insert(1, ".");
        return $"{scaled}e{(point - 1).ToString(CultureInfo.InvariantCulture)}";
    }
}
