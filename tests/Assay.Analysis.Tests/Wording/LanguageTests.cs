using System.Globalization;
using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("", "1,234.5")]
    [InlineData("en", "1,234.5")]
    [InlineData("qps-ploc", "1,234.5")]
    [InlineData("en-US", "1,234.5")]
    [InlineData("de", "1.234,5")]
    public void Numbers_are_those_of_the_country_and_invariant_without_one(string name, string written) =>
        Assert.Equal(written, Language.In(CultureInfo.GetCultureInfo(name), () => 1234.5.ToString("N1", Language.Numbers)));

    [Theory]
    [InlineData("", "en")]
    [InlineData("en-US", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("en-IN", "en-IN")]
    [InlineData("en-DE", "en-DE")]
    [InlineData("de", "de")]
    [InlineData("qps-ploc", "qps-ploc")]
    public void English_that_writes_numbers_alike_is_one(string name, string shared) => Assert.Equal(shared, Language.Shared(CultureInfo.GetCultureInfo(name)).Name, ignoreCase: true);

    [Fact]
    public void The_language_is_given_back_even_after_a_failure()
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Assert.Throws<FormatException>(() => Language.In<int>(CultureInfo.GetCultureInfo("de"), () => throw new FormatException()));
        Assert.Equal(before, (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
    }
}
