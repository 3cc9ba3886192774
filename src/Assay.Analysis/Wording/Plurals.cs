using System.Globalization;

namespace Assay.Analysis.Wording;

/// <summary>Which form of a text a count asks for: the seam for languages that have other forms than English.</summary>
internal static class Plurals
{
    /// <summary>The plural category of a whole number, by its name in Unicode CLDR: <c>one</c> or <c>other</c> in English, and <c>zero</c>, <c>two</c>, <c>few</c> and <c>many</c> where a language has them.</summary>
    /// <param name="language">The language of the text. A new one is a line here where its rule is not that of English.</param>
    /// <param name="count">The count.</param>
    public static string CategoryOf(CultureInfo language, long count) => language.TwoLetterISOLanguageName switch
    {
        _ => count == 1 ? "one" : "other",
    };
}
