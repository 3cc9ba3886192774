using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Report;
using Microsoft.AspNetCore.Localization;

namespace Assay.Server.Dashboard;

/// <summary>The languages that pages speak: English, what it is translated to, and two that show what a translation would. The API speaks English to everybody.</summary>
internal static class Languages
{
    /// <summary>What an answer depends on besides its address.</summary>
    public const string Vary = "Accept-Language";

    /// <summary>The language of the page, as HTML names it; a pseudo-locale is a private form of English, so that whatever reads a page knows how.</summary>
    public static string Tag => PseudoLocale.Is(Now) ? $"en-x-{Now.Name.Split('-')[1].ToLowerInvariant()}" : Now.Name;

    /// <summary>How a page is written where it is not from left to right; null where it is, which HTML need not be told.</summary>
    public static string? Direction => Language.IsRightToLeft(Now) ? "rtl" : null;

    private static CultureInfo Now => CultureInfo.CurrentUICulture is { Name.Length: > 0 } named ? named : Language.English;

    /// <summary>From here on a request's culture is the first that its reader accepts and pages have; of any other request, and for readers of other languages, English of no country.</summary>
    public static void UseLanguages(this IApplicationBuilder app)
    {
        var known = All();
        var english = new ProviderCultureResult(Language.English.Name);
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Language.English),
            SupportedCultures = known,
            SupportedUICultures = known,
            RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(IsPage(context.Request) ? null : english)),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ],
        });
    }

    /// <summary>Each language by itself and in every country, so that a page has a country's numbers and dates in the language it speaks; and who asks for a pseudo-locale by name gets it.</summary>
    internal static IList<CultureInfo> All()
    {
        HashSet<string> languages = [Language.English.Name, .. Texts.LanguagesOf(typeof(Languages).Assembly).Select(language => language.Name)];
        return
        [
            .. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => Line(culture).Any(ancestor => languages.Contains(ancestor.Name))),
            CultureInfo.GetCultureInfo(PseudoLocale.Name), CultureInfo.GetCultureInfo(PseudoLocale.MirroredName),
        ];
    }

    /// <summary>A culture and those it is a part of: <c>zh-Hant-TW</c>, <c>zh-Hant</c>, <c>zh</c>.</summary>
    private static IEnumerable<CultureInfo> Line(CultureInfo culture)
    {
        for (var part = culture; part.Name.Length > 0; part = part.Parent) yield return part;
    }

    /// <summary>A report that is read in a browser is a page as well.</summary>
    private static bool IsPage(HttpRequest request) => !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || GetReport.IsAskedAsPage(request);
}
