using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Assay.Server.Hosting;

/// <summary>The page of a list that a request asks for.</summary>
/// <param name="Limit">At most so many members.</param>
/// <param name="After">What the page before ended with; null for the first page.</param>
internal sealed record PageQuery(int Limit, string? After)
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    /// <param name="errors">Every wrong parameter is added here.</param>
    public static PageQuery Read(string? limit, string? cursor, List<ProblemError> errors) => new(ReadLimit(limit, errors), ReadCursor(cursor, errors));

    /// <summary>The <c>next_cursor</c> of a page that ends with this.</summary>
    public static string CursorOf(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    private static int ReadLimit(string? text, List<ProblemError> errors)
    {
        if (string.IsNullOrEmpty(text)) return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestLimit) return limit;
        errors.Add(new ProblemError("limit", "out_of_range", $"A limit is a whole number from 1 to {LargestLimit}."));
        return DefaultLimit;
    }

    private static string? ReadCursor(string? text, List<ProblemError> errors)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Decode(text) is { } last) return last;
        errors.Add(new ProblemError("cursor", "invalid_value", "A cursor is the next_cursor of an earlier answer."));
        return null;
    }

    private static string? Decode(string text)
    {
        try
        {
            return Base64Url.IsValid(text) ? Strict.GetString(Base64Url.DecodeFromChars(text)) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
