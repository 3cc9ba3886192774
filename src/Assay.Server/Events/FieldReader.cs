using System.Text.Json;
using Assay.Server.Hosting;

namespace Assay.Server.Events;

/// <summary>Reads one field's value into its slot, or blames the item.</summary>
internal static class FieldReader
{
    private const string NoText = "is a string without U+0000 or half a surrogate pair";

    /// <summary>Reads the value the reader stands on and ends on its last token.</summary>
    /// <returns>False when the field is null, which is the same as leaving it out.</returns>
    public static bool Read(ref Utf8JsonReader reader, ItemField field, WrittenItem item)
    {
        // A null value is what a NaN becomes in many a client: taking it for the default would count it as 1.
        if (reader.TokenType == JsonTokenType.Null && field.Slot != Slot.Value) return false;
        switch (field.Slot)
        {
            case Slot.UserId:
                item.UserId = Text(ref reader, field, item, ItemReader.LongestId);
                break;
            case Slot.AnonymousId:
                item.AnonymousId = Text(ref reader, field, item, ItemReader.LongestId);
                break;
            case Slot.Id:
                item.Id = Text(ref reader, field, item, ItemReader.LongestId);
                break;
            case Slot.Name:
                item.Name = Text(ref reader, field, item, ItemReader.LongestName);
                break;
            case Slot.Source:
                item.Source = Text(ref reader, field, item, ItemReader.LongestName);
                break;
            case Slot.Reason:
                item.Reason = Text(ref reader, field, item, ItemReader.LongestReason);
                break;
            case Slot.VariationKey:
                item.VariationKey = Text(ref reader, field, item, ItemReader.LongestName);
                break;
            case Slot.VariationIndex:
                item.VariationIndex = Index(ref reader, field, item);
                break;
            case Slot.Value:
                item.Value = Number(ref reader, field, item);
                break;
            case Slot.OccurredAt:
                item.OccurredAt = Time(ref reader, field, item);
                break;
            default:
                item.Properties = Object(ref reader, field, item);
                break;
        }

        return true;
    }

    private static string? Text(ref Utf8JsonReader reader, ItemField field, WrittenItem item, int longest)
    {
        if (reader.TokenType != JsonTokenType.String || JsonText.Read(ref reader) is not { } text) return Wrong<string>(ref reader, field, item, NoText);
        if (field.Slot is Slot.UserId or Slot.AnonymousId && string.IsNullOrWhiteSpace(text))
            item.Blame(field.CodeWhenMissing, $"The {field.Name} is blank.");
        else if (text.Length == 0)
            item.Blame(RejectionCodes.InvalidValue, $"The field '{field.Name}' is empty.");
        else if (JsonText.IsLongerThan(text, longest))
            item.Blame(RejectionCodes.TooLong, $"The field '{field.Name}' has more than {longest} characters.");
        return text;
    }

    private static int? Index(ref Utf8JsonReader reader, ItemField field, WrittenItem item)
    {
        const string rule = "is an integer";
        if (reader.TokenType != JsonTokenType.Number) return Wrong<int?>(ref reader, field, item, rule);
        if (reader.TryGetInt32(out var index)) return index;

        // 1.0 and 1e0 are integers in JSON; some languages write them so.
        if (!reader.TryGetDouble(out var value) || !double.IsInteger(value)) return Wrong<int?>(ref reader, field, item, rule);
        return Math.Abs(value) < int.MaxValue ? (int)value : int.MaxValue;
    }

    private static double? Number(ref Utf8JsonReader reader, ItemField field, WrittenItem item)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && Math.Abs(value) <= ItemReader.LargestValue)
            return value + 0.0; // −0 and 0 are one value.
        return Wrong<double?>(ref reader, field, item, "is a number of at most 1e15 in magnitude");
    }

    private static long? Time(ref Utf8JsonReader reader, ItemField field, WrittenItem item) =>
        TryReadTime(ref reader, out var at) ? at : Wrong<long?>(ref reader, field, item, "is an RFC 3339 time with an offset");

    /// <summary>The RFC 3339 string that the reader stands on.</summary>
    public static bool TryReadTime(ref Utf8JsonReader reader, out long microseconds)
    {
        microseconds = 0;
        if (reader.TokenType != JsonTokenType.String) return false;
        if (!reader.ValueIsEscaped) return Rfc3339.TryRead(reader.ValueSpan, out microseconds);
        return JsonText.Read(ref reader) is { } text && Rfc3339.TryRead(text, out microseconds);
    }

    private static string? Object(ref Utf8JsonReader reader, ItemField field, WrittenItem item)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return Wrong<string>(ref reader, field, item, "is an object");
        var text = CanonicalJson.Of(JsonElement.ParseValue(ref reader), out var reason);
        if (text is null) item.Blame(RejectionCodes.InvalidValue, $"The field '{field.Name}' has {reason}.");
        else if (text.Length > ItemReader.LongestProperties) item.Blame(RejectionCodes.TooLong, $"The field '{field.Name}' has more than {ItemReader.LongestProperties} characters.");
        return text;
    }

    private static T? Wrong<T>(ref Utf8JsonReader reader, ItemField field, WrittenItem item, string rule)
    {
        item.Blame(RejectionCodes.InvalidValue, $"The field '{field.Name}' {rule}.");
        reader.Skip();
        return default;
    }
}
