using System.Text.Json;

namespace Assay.Server.Events;

/// <summary>Reads one item. Whatever is wrong with it is its flaw; the reader always ends behind the item, so the rest of the batch goes on.</summary>
internal static class ItemReader
{
    /// <summary>Unicode scalars of a user id, an id or an idempotency key.</summary>
    public const int LongestId = 200;

    /// <summary>Unicode scalars of an event's, metric's or covariate's name and of a source: as long as a design may make them.</summary>
    public const int LongestName = 100;

    /// <summary>Unicode scalars of the reason of an exclusion.</summary>
    public const int LongestReason = 200;

    /// <summary>Characters of canonical attributes or properties.</summary>
    public const int LongestProperties = 16_384;

    /// <summary>Magnitude of a value.</summary>
    public const double LargestValue = 1e15;

    /// <summary>Reads the value the reader stands on.</summary>
    /// <exception cref="JsonException">What follows is not JSON.</exception>
    public static WrittenItem Read(ref Utf8JsonReader reader, ItemShape shape, int index)
    {
        var item = new WrittenItem(index);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            item.Blame(RejectionCodes.InvalidValue, "An item is a JSON object.");
            reader.Skip();
            return item;
        }

        int seen = 0, given = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = Find(ref reader, shape);
            if (place < 0)
            {
                item.Blame(RejectionCodes.UnknownField, $"The field '{JsonText.Read(ref reader)}' is not known here.");
                reader.Read();
                reader.Skip();
                continue;
            }

            var field = shape.Fields[place];
            if ((seen & (1 << place)) != 0) item.Blame(RejectionCodes.InvalidValue, $"The field '{field.Name}' is given twice.");
            seen |= 1 << place;
            reader.Read();
            if (FieldReader.Read(ref reader, field, item)) given |= 1 << place;
        }

        for (var i = 0; i < shape.Fields.Length; i++)
        {
            if (!shape.Fields[i].Required || (given & (1 << i)) != 0) continue;
            item.Blame(shape.Fields[i].CodeWhenMissing, $"The field '{shape.Fields[i].Name}' is required.");
        }

        return item;
    }

    private static int Find(ref Utf8JsonReader reader, ItemShape shape)
    {
        // A name with half a surrogate pair is no field of ours, and comparing it would throw.
        if (reader.ValueIsEscaped && JsonText.Read(ref reader) is null) return -1;
        for (var i = 0; i < shape.Fields.Length; i++)
            if (reader.ValueTextEquals(shape.Fields[i].Utf8Name)) return i;
        return -1;
    }
}
