using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

/// <summary>Texts that are translated, as the product's would be.</summary>
internal static class Greeting
{
    private static readonly Texts Text = Texts.Of(typeof(Greeting));

    public static string Hello => Text.Get();

    public static string Untranslated => Text.Get();

    public static string Guests(long count) => Text.Plural(nameof(Guests), count, count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static string Bring(string host, string gift) => Text.Format(nameof(Bring), host, gift);
}
