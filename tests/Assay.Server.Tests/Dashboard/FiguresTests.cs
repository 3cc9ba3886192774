using System.Globalization;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard;

namespace Assay.Server.Tests.Dashboard;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.04651960784, "+4.65%")]
    [InlineData(-0.03, "−3.00%")]
    [InlineData(0.00999999, "+1.00%")]
    [InlineData(0.4651960784, "+46.5%")]
    [InlineData(12.5, "+1,250%")]
    [InlineData(0.0000021, "+0.000210%")]
    [InlineData(4.2e7, "+4.2e9%")]
    [InlineData(0.0, "0%")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    public void A_relative_effect_has_its_sign(double? share, string written) => Assert.Equal(written, Figures.Change(share));

    [Theory]
    [InlineData(0.371, "0.371")]
    [InlineData(0.0004, "<0.001")]
    [InlineData(1e-300, "<0.001")]
    [InlineData(0.0, "<0.001")]
    [InlineData(0.9999, ">0.999")]
    [InlineData(1.0, "1.000")]
    [InlineData(null, "–")]
    public void A_p_value_is_never_zero(double? p, string written) => Assert.Equal(written, Figures.P(p));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(184_467, "184,467")]
    [InlineData(1_234_567, "1.23M")]
    [InlineData(9_876_543_210, "9.88B")]
    [InlineData(999_999, "999,999")]
    public void A_count_is_short_where_room_is(double count, string written) => Assert.Equal(written, Figures.Short(count));

    [Theory]
    [InlineData(0.0, "0%")]
    [InlineData(0.004, "<1%")]
    [InlineData(0.999, "99%")]
    [InlineData(1.0, "100%")]
    [InlineData(1e9, ">999%")]
    public void Progress_is_full_only_when_it_is(double fraction, string written) => Assert.Equal(written, Figures.Progress(fraction));

    [Theory]
    [InlineData("–", "–", "–")]
    [InlineData("+1%", "–", "+1% or more")]
    [InlineData("–", "+2%", "up to +2%")]
    [InlineData("−1%", "+2%", "−1% to +2%")]
    public void A_missing_end_is_open(string low, string high, string written) => Assert.Equal(written, Figures.Interval(low, high));

    [Theory]
    [InlineData(0.25, "15 min")]
    [InlineData(1, "1 h")]
    [InlineData(72, "72 h")]
    [InlineData(168, "7 days")]
    public void A_window_is_told_in_its_own_unit(double hours, string written) => Assert.Equal(written, Figures.Hours(hours));

    [Theory]
    [InlineData("", "+1,250% −1.2e−5 123.5 <0.1% 23 Nov 2025, 18:42 UTC")]
    [InlineData("en", "+1,250% −1.2e−5 123.5 <0.1% 23 Nov 2025, 18:42 UTC")]
    [InlineData("en-GB", "+1,250% −1.2e−5 123.5 <0.1% 23 Nov 2025, 18:42 UTC")]
    [InlineData("en-US", "+1,250% −1.2e−5 123.5 <0.1% Nov 23, 2025, 6:42 PM UTC")]
    [InlineData("de-DE", "+1.250 % −1,2e−5 123,5 <0,1 % 23. Nov. 2025, 18:42 UTC")]
    [InlineData("qps-ploc", "+1,250% −1.2e−5 123.5 <0.1% ⟦23 Nov 2025, 18:42 ÛŢÇ ~⟧")]
    public void Numbers_and_moments_are_written_as_the_country_writes_them(string culture, string written) => Assert.Equal(written, Language.In(
        CultureInfo.GetCultureInfo(culture),
        () => string.Join(' ', Figures.Change(12.5), Figures.Difference(-1.2e-5), Figures.Value(123.5), Figures.Probability(1e-9), Figures.Time(Samples.Now))).Replace('\u202F', ' ').Replace('\u00A0', ' '));

    [Fact]
    public void A_place_in_a_picture_is_the_same_in_every_country() =>
        Assert.Equal("12.5% 1234.5", Language.In(CultureInfo.GetCultureInfo("de-DE"), () => $"{Figures.Place(12.5)} {Figures.Mark(1234.5)}"));
}
