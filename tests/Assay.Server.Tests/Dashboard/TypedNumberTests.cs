using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Wording;

namespace Assay.Server.Tests.Dashboard;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("", "10.000", 10.0)]
    [InlineData("en", "10.000", 10.0)]
    [InlineData("en-US", "10.000", 10.0)]
    [InlineData("en-US", "1,000", null)]
    [InlineData("en", "1,000", null)]
    [InlineData("en-GB", "1,000,000", null)]
    [InlineData("en-GB", "0,5", null)]
    [InlineData("de-CH", "1.000", 1.0)]
    [InlineData("de-CH", "1,000", null)]
    [InlineData("en-DE", "10.000", null)]
    [InlineData("en-DE", "1,000", null)]
    [InlineData("en-DE", "-1.000", null)]
    [InlineData("en-DE", "999,999", null)]
    [InlineData("en-DE", "1.000.000", null)]
    [InlineData("en-DE", "1.000,500", null)]
    [InlineData("en-DE", "10.000 %", null)]
    [InlineData("fr-FR", "1,000", null)]
    [InlineData("sv-SE", "12,345", null)]
    [InlineData("en-DE", "0.042", 0.042)]
    [InlineData("en-DE", "0,042", 0.042)]
    [InlineData("en-DE", "10.5", 10.5)]
    [InlineData("en-DE", "10,5", 10.5)]
    [InlineData("en-DE", "10,5 %", 10.5)]
    [InlineData("en-DE", "12.3450", 12.345)]
    [InlineData("en-DE", "12,3450", 12.345)]
    [InlineData("en-DE", "1234,567", 1234.567)]
    [InlineData("en-DE", "10000", 10_000.0)]
    [InlineData("fr-FR", "-1,5", -1.5)]
    public void What_may_be_two_numbers_in_a_country_is_none(string country, string typed, double? number) =>
        Assert.Equal(number, In(country, () => TypedNumber.Parse(typed, isPercent: typed.EndsWith('%'))));

    [Theory]
    [InlineData("en-DE", "10.000", "'10.000' may be 10000 or 10: write it as one of them.")]
    [InlineData("en-DE", "1,500", "'1,500' may be 1500 or 1.5: write it as one of them.")]
    [InlineData("fr-FR", "12,345 %", "'12,345 %' may be 12345 or 12.3450: write it as one of them.")]
    [InlineData("en-DE", "1.000.000", "'1.000.000' is none. Decimals stand after a point, and nothing between thousands.")]
    [InlineData("en", "1,000", "'1,000' is none. Decimals stand after a point, and nothing between thousands.")]
    [InlineData("en", "1,000,000", "'1,000,000' is none. Decimals stand after a point, and nothing between thousands.")]
    [InlineData("en", "much", "'much' is none.")]
    public void Its_refusal_says_how_to_write_it(string country, string typed, string words) =>
        Assert.EndsWith(words, In(country, () => PlanWords.NoNumber(typed)), StringComparison.Ordinal);

    [Theory]
    [InlineData("en", 12.345, "12.345")]
    [InlineData("en-DE", 12.345, "12.3450")]
    [InlineData("en-DE", 0.042, "0.042")]
    [InlineData("en-DE", 12000.5, "12000.5")]
    [InlineData("fr-FR", -1.125, "-1.1250")]
    [InlineData("en-DE", null, "")]
    public void What_a_form_shows_is_read_again_as_what_it_is(string country, double? number, string shown)
    {
        Assert.Equal(shown, In(country, () => TypedNumber.Text(number)));
        Assert.Equal(number, In(country, () => TypedNumber.Parse(shown, isPercent: false)));
    }

    private static T In<T>(string country, Func<T> tell) => Language.In(CultureInfo.GetCultureInfo(country), tell);
}
