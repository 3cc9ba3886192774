using System.Globalization;
using System.Resources;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

public sealed class TextsTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "Assay.Analysis.Tests");

    public static TheoryData<string> Classes => [.. TextAudit.Owners(typeof(Texts).Assembly).Select(owner => owner.FullName!)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_text_is_told_and_every_told_text_is_there(string owner) =>
        Assert.Empty(TextAudit.Faults(typeof(Texts).Assembly.GetType(owner)!, Path.Combine(Root(), "src", "Assay.Analysis")));

    [Fact]
    public void A_translation_is_found_by_its_file_alone() => Assert.Equal(["de"], Texts.LanguagesOf(typeof(TextsTests).Assembly).Select(language => language.Name));

    [Theory]
    [InlineData("en", "Hello", "1 guest", "2 guests", "Ann gets tea.")]
    [InlineData("de", "Guten Tag", "1 Gast", "2 Gäste", "tea ist für Ann.")]
    [InlineData("de-AT", "Guten Tag", "1 Gast", "2 Gäste", "tea ist für Ann.")]
    [InlineData("fr", "Hello", "1 guest", "2 guests", "Ann gets tea.")]
    [InlineData("qps-ploc", "⟦Ĥéļļô ~~⟧", "⟦1 ĝûéšţ ~~⟧", "⟦2 ĝûéšţš ~~⟧", "⟦Ann ĝéţš tea. ~~⟧")]
    [InlineData("qps-plocm", "⟦Ĥéļļô ~~⟧", "⟦\u20681\u2069 ĝûéšţ ~~⟧", "⟦\u20682\u2069 ĝûéšţš ~~⟧", "⟦\u2068Ann\u2069 ĝéţš \u2068tea\u2069. ~~⟧")]
    public void Texts_are_in_the_language_that_is_spoken(string language, string hello, string one, string many, string bring)
    {
        var told = Language.In(CultureInfo.GetCultureInfo(language), () => (string[])[Greeting.Hello, Greeting.Guests(1), Greeting.Guests(2), Greeting.Bring("Ann", "tea")]);
        Assert.Equal([hello, one, many, bring], told);
    }

    [Fact]
    public void What_is_not_translated_is_told_in_English() => Assert.Equal("Only in English", Language.In(CultureInfo.GetCultureInfo("de"), () => Greeting.Untranslated));

    [Fact]
    public void A_text_that_is_not_there_is_an_error_and_not_a_key_on_a_page() =>
        Assert.Contains("Faulty.resx has no text 'Missing'", Assert.Throws<MissingManifestResourceException>(() => Faulty.Missing).Message, StringComparison.Ordinal);

    [Fact]
    public void The_audit_finds_nothing_in_sound_texts_and_each_fault_in_others()
    {
        Assert.Empty(TextAudit.Faults(typeof(Greeting), Folder));
        Assert.Equal(
            [
                "no text Missing", "no text Guests.other",
                "no text Day.Sunday", "no text Day.Tuesday", "no text Day.Wednesday", "no text Day.Thursday", "no text Day.Friday", "no text Day.Saturday",
                "nobody tells Idle", "the comment of Bring does not say what each place is",
                "de: Bring has the places {0} and not {0} {1}", "de: Extra is not told in English",
            ],
            TextAudit.Faults(typeof(Faulty), Folder).OrderBy(fault => fault.StartsWith("de: Extra", StringComparison.Ordinal)));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assay.slnx"))) folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        return folder;
    }
}
