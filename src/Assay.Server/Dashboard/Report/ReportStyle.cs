using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Server.Dashboard.Report;

/// <summary>The styles of the pages inside one file: without a font from elsewhere, light whatever the reader's screen.</summary>
internal static partial class ReportStyle
{
    /// <summary>Free of blank starts of lines, which a rendered page loses too.</summary>
    public static readonly string Css = Compose();

    /// <summary>Nothing is fetched, nothing runs; this style sheet and no other.</summary>
    public static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string Compose()
    {
        var tokens = FontFace().Replace(Wwwroot.Text("tokens.css"), "").Replace("color-scheme: light dark", "color-scheme: light", StringComparison.Ordinal);
        var all = Comment().Replace(string.Concat(tokens, Wwwroot.Text("page.css"), Wwwroot.Text("report.css")), "");
        return Indentation().Replace(all, "\n").Trim();
    }

    [GeneratedRegex(@"@font-face\s*\{[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FontFace();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indentation();
}
