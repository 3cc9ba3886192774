using System.Globalization;

namespace Assay.Analysis.Wording;

/// <summary>The language that people are told something in, and how it writes numbers.</summary>
public static class Language
{
    /// <summary>The language of the texts themselves, of the API and of everything that is recorded.</summary>
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    /// <summary>How numbers are written now: as <see cref="CultureInfo.CurrentCulture"/> does. English of no country, and what is made from it, writes them as the invariant culture does.</summary>
    public static CultureInfo Numbers => Of(CultureInfo.CurrentCulture);

    /// <summary>The country's rules of a language; the invariant ones for English of no country and for the pseudo-locales.</summary>
    /// <param name="culture">Any culture.</param>
    public static CultureInfo Of(CultureInfo culture) => IsPlain(culture) || PseudoLocale.Is(culture) ? CultureInfo.InvariantCulture : culture;

    /// <summary>Whether it is written from right to left.</summary>
    /// <param name="culture">Any culture.</param>
    public static bool IsRightToLeft(CultureInfo culture) => PseudoLocale.IsMirrored(culture) || (!PseudoLocale.Is(culture) && culture.TextInfo.IsRightToLeft);

    /// <summary>The culture whose sentences with numbers a culture's are, to the letter: English of most countries writes them as English of none.</summary>
    /// <param name="culture">Any culture.</param>
    public static CultureInfo Shared(CultureInfo culture) => IsPlain(culture) || (IsEnglish(culture) && WritesAlike(culture.NumberFormat)) ? English : culture;

    /// <summary>What a function answers when it speaks a language, for numbers and texts.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="culture">The language.</param>
    /// <param name="tell">The function, which ends before this does.</param>
    public static T In<T>(CultureInfo culture, Func<T> tell)
    {
        var (numbers, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return tell();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (numbers, texts);
        }
    }

    private static bool IsPlain(CultureInfo culture) => culture.Name.Length == 0 || culture.Equals(English);

    private static bool IsEnglish(CultureInfo culture) => string.Equals(culture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal);

    private static bool WritesAlike(NumberFormatInfo numbers) =>
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign, numbers.NumberNegativePattern) == (".", ",", "-", 1) && numbers.NumberGroupSizes is [3];
}
