using System.Globalization;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

public sealed class PseudoLocaleTests
{
    [Theory]
    [InlineData("", "⟦⟧")]
    [InlineData("Arms", "⟦Áŕɱš ~~⟧")]
    [InlineData("{0} of {1}", "⟦{0} ôƒ {1} ~⟧")]
    [InlineData("Look <b class=\"x\">here</b> &amp; there", "⟦Ļôôķ <b class=\"x\">ĥéŕé</b> &amp; ţĥéŕé ~~~~ ~⟧")]
    [InlineData("p < 0.001 & more", "⟦þ < 0.001 & ɱôŕé ~~⟧")]
    public void Letters_change_and_places_marks_and_entities_do_not(string text, string pseudo) => Assert.Equal(pseudo, PseudoLocale.Of(text));

    [Fact]
    public void It_is_about_a_third_longer_and_every_letter_has_an_accent()
    {
        const string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var pseudo = PseudoLocale.Of(letters);
        Assert.DoesNotContain(pseudo, char.IsAsciiLetter);
        Assert.InRange(pseudo.Length, 4 * letters.Length / 3, (3 * letters.Length / 2) + 2);
    }

    [Theory]
    [InlineData("qps-ploc", true, false)]
    [InlineData("QPS-Ploc", true, false)]
    [InlineData("qps-plocm", true, true)]
    [InlineData("en", false, false)]
    [InlineData("he", false, true)]
    [InlineData("ar-EG", false, true)]
    public void Both_are_known_by_name_and_one_is_written_from_right_to_left(string name, bool pseudo, bool rightToLeft)
    {
        var language = CultureInfo.GetCultureInfo(name);
        Assert.Equal((pseudo, rightToLeft), (PseudoLocale.Is(language), Language.IsRightToLeft(language)));
    }
}
