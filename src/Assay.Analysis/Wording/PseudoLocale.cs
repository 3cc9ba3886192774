using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Analysis.Wording;

/// <summary>Two languages that nobody speaks, made from the English texts: every letter with an accent, a third longer and between brackets, so that a text that is in no resource, is glued of halves or is cut off is seen. The second is written from right to left.</summary>
public static class PseudoLocale
{
    /// <summary>Its name, as <c>Accept-Language</c> asks for it.</summary>
    public const string Name = "qps-ploc";

    /// <summary>The name of the one that is written from right to left.</summary>
    public const string MirroredName = "qps-plocm";

    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private const string Accented = "áƀçðéƒĝĥîĵķļɱñôþǫŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÎĴĶĻṀÑÔÞǪŔŠŢÛṼŴẊÝŽ";

    private static readonly SearchValues<char> OfEntities = SearchValues.Create("#0123456789" + Plain);

    /// <summary>Letters of padding that stand together: what is longer may break.</summary>
    private const int Together = 4;

    /// <summary>Whether a language is one of the two.</summary>
    /// <param name="language">Any language.</param>
    public static bool Is(CultureInfo language) => string.Equals(language.Name, Name, StringComparison.OrdinalIgnoreCase) || IsMirrored(language);

    /// <summary>Whether a language is the one from right to left.</summary>
    /// <param name="language">Any language.</param>
    public static bool IsMirrored(CultureInfo language) => string.Equals(language.Name, MirroredName, StringComparison.OrdinalIgnoreCase);

    /// <summary>A text in it. Places for values, marks of HTML and entities stay as they are.</summary>
    /// <param name="text">The English text.</param>
    public static string Of(string text)
    {
        var written = new StringBuilder("⟦");
        var letters = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (End(text, i) is var end and > 0)
            {
                written.Append(text, i, end - i + 1);
                i = end;
                continue;
            }

            var known = Plain.IndexOf(text[i], StringComparison.Ordinal);
            written.Append(known < 0 ? text[i] : Accented[known]);
            letters += known < 0 ? 0 : 1;
        }

        for (var i = 0; i < (letters + 2) / 3; i++) written.Append(i % Together == 0 ? " ~" : "~");
        return written.Append('⟧').ToString();
    }

    /// <summary>Where the place, mark or entity that begins here ends; -1 where none does.</summary>
    private static int End(string text, int start) => text[start] switch
    {
        '{' => text.IndexOf('}', start),
        '<' when start + 1 < text.Length && (char.IsAsciiLetter(text[start + 1]) || text[start + 1] == '/') => text.IndexOf('>', start),
        '&' when text.IndexOf(';', start) is var end && end > start + 1 && !text.AsSpan(start + 1, end - start - 1).ContainsAnyExcept(OfEntities) => end,
        _ => -1,
    };
}
