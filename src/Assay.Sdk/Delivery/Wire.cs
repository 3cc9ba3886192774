using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Sdk.Delivery;

/// <summary>JSON as the server reads and writes it.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,

        // A number that JSON cannot say is written as text: the server then refuses this item by name, and the others of its batch are kept.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new TimeConverter(), new TextConverter() },
    };

    /// <summary>RFC 3339 in UTC with microseconds, the resolution that the server stores.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
    }

    /// <summary>Keeps lone surrogates as escapes: the built-in writer puts U+FFFD in their place, which would make one unit of two.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            if (IsWellFormed(value)) writer.WriteStringValue(value);
            else writer.WriteRawValue($"\"{string.Concat(value.Select(static unit => $"\\u{(int)unit:x4}"))}\"", skipInputValidation: true);
        }

        private static bool IsWellFormed(ReadOnlySpan<char> text)
        {
            for (var start = text.IndexOfAnyInRange('\uD800', '\uDFFF'); start >= 0 && start < text.Length;)
            {
                if (Rune.DecodeFromUtf16(text[start..], out _, out var length) != System.Buffers.OperationStatus.Done) return false;
                start += length;
            }

            return true;
        }
    }
}
