using System.Text.Json;
using System.Text.Unicode;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>A request body taken apart into its items, or the problem that makes it no batch at all.</summary>
/// <param name="SentAt">The envelope's <c>sent_at</c>, microseconds.</param>
internal sealed record ItemBody(IReadOnlyList<WrittenItem> Items, long? SentAt)
{
    public const int MostItems = 10_000;

    private const int DeepestBody = 256;
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = DeepestBody };

    public static (ItemBody? Body, ProblemHttpResult? Problem) ReadJson(ReadOnlySpan<byte> utf8, ItemShape shape)
    {
        utf8 = WithoutMark(utf8);
        if (utf8.IsEmpty) utf8 = "{}"u8;
        if (!Utf8.IsValid(utf8)) return (null, NotJson("The body is not UTF-8."));
        try
        {
            return ReadEnvelope(utf8, shape);
        }
        catch (JsonException error)
        {
            return (null, NotJson(error.Message));
        }
    }

    /// <summary>One item a line. A line that is no JSON is an item that is wrong, not a body that is.</summary>
    public static (ItemBody? Body, ProblemHttpResult? Problem) ReadLines(ReadOnlySpan<byte> utf8, ItemShape shape)
    {
        utf8 = WithoutMark(utf8);
        var items = new List<WrittenItem>();
        foreach (var range in utf8.Split((byte)'\n'))
        {
            var line = utf8[range].Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            if (items.Count == MostItems) return (null, TooManyItems());
            items.Add(ReadLine(line, shape, items.Count));
        }

        return (new ItemBody(items, SentAt: null), null);
    }

    private static WrittenItem ReadLine(ReadOnlySpan<byte> line, ItemShape shape, int index)
    {
        if (Utf8.IsValid(line))
        {
            try
            {
                var reader = new Utf8JsonReader(line, Strict);
                reader.Read();
                var item = ItemReader.Read(ref reader, shape, index);
                reader.Read(); // Throws when something follows the item.
                return item;
            }
            catch (JsonException)
            {
                // Told below, like a line that is no text at all.
            }
        }

        var broken = new WrittenItem(index);
        broken.Blame(RejectionCodes.InvalidValue, "The line is not a JSON object.");
        return broken;
    }

    private static (ItemBody? Body, ProblemHttpResult? Problem) ReadEnvelope(ReadOnlySpan<byte> utf8, ItemShape shape)
    {
        var reader = new Utf8JsonReader(utf8, Strict);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return (null, WrongEnvelope(new ProblemError("", "invalid_value", $"The body is an object with the array '{shape.Array}'.")));

        var errors = new List<ProblemError>();
        List<WrittenItem>? items = null;
        long? sentAt = null;
        var seenSentAt = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader) ?? "?";
            reader.Read();
            if (string.Equals(name, shape.Array, StringComparison.Ordinal))
            {
                if (items is not null || reader.TokenType != JsonTokenType.StartArray)
                {
                    errors.Add(new($"/{name}", "invalid_value", $"'{name}' is one array of items."));
                    items ??= [];
                    reader.Skip();
                    continue;
                }

                items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (items.Count == MostItems) return (null, TooManyItems());
                    items.Add(ItemReader.Read(ref reader, shape, items.Count));
                }
            }
            else if (shape.IsTimed && string.Equals(name, "sent_at", StringComparison.Ordinal))
            {
                if (FieldReader.TryReadTime(ref reader, out var at) && !seenSentAt) sentAt = at;
                else if (reader.TokenType != JsonTokenType.Null || seenSentAt) errors.Add(new("/sent_at", "invalid_value", "'sent_at' is one RFC 3339 time with an offset."));
                seenSentAt = true;
                reader.Skip();
            }
            else
            {
                errors.Add(new(Pointers.To(name), "unknown_field", $"'{name}' is not known here."));
                reader.Skip();
            }
        }

        reader.Read(); // Throws when something follows the envelope.
        if (items is null) errors.Add(new($"/{shape.Array}", "missing_field", $"The array '{shape.Array}' is required."));
        return errors.Count > 0 ? (null, WrongEnvelope([.. errors])) : (new ItemBody(items!, sentAt), null);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    private static ProblemHttpResult NotJson(string detail) =>
        Problems.Of(StatusCodes.Status400BadRequest, "invalid_json", "Not JSON", detail, new ProblemError("", "invalid_json", detail));

    private static ProblemHttpResult WrongEnvelope(params ProblemError[] errors) =>
        Problems.Of(StatusCodes.Status400BadRequest, "invalid_body", "Wrong envelope", "The body is not the batch this route takes; nothing was stored.", errors);

    private static ProblemHttpResult TooManyItems() =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, "too_many_items", "Too many items", $"A batch has at most {MostItems} items; nothing was stored.");
}
