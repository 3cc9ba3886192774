namespace Assay.Statistics.Tests.Planning;

public sealed class PeekingRulesTests
{
    private static readonly Dictionary<string, RelativeEfficiency> Table = PeekingRules.Compare(28, 0.05, 0.8).ToDictionary(row => row.Name, row => row.Efficiency, StringComparer.Ordinal);

    /// <summary>The published table of 28 daily looks; a number is compared to the digits it is given with.</summary>
    [Theory]
    [InlineData("fixed horizon, one look", ".0500", ".800", "1.00", "1.00", "1.00", "1.00")]
    [InlineData("naive z at every look", ".2747", ".879", ".42", null, null, "1.00")]
    [InlineData("Haybittle-Peto 3", ".0500", ".769", ".77", "1.08", ".81", "1.07")]
    [InlineData("O'Brien-Fleming", ".0500", ".780", ".75", "1.050", ".776", "1.09")]
    [InlineData("Lan-DeMets O'Brien-Fleming", ".0500", ".781", ".75", "1.049", ".777", "1.09")]
    [InlineData("Kim-DeMets 3", ".0500", ".778", ".73", "1.056", ".761", "1.10")]
    [InlineData("Lan-DeMets Pocock", ".0500", ".692", ".68", "1.27", ".77", "1.30")]
    [InlineData("Pocock", ".0500", ".644", ".69", "1.39", ".81", "1.39")]
    [InlineData("calibrated mixture", ".0500", ".702", null, "1.25", ".755", "1.30")]
    [InlineData("half mixture, half fixed", ".0270", ".715", ".86", "1.20", ".98", "1.14")]
    [InlineData("mixture tuned to the end", ".0120", ".501", ".81", "1.72", "1.11", "1.55")]
    [InlineData("mixture tuned to a tenth", ".0159", ".440", ".81", "1.90", "1.15", "1.66")]
    [InlineData("mixture tuned to a hundredth", ".0078", ".314", ".87", "2.25", "1.41", "1.82")]
    [InlineData("Bonferroni over the looks", ".0158", ".475", ".80", "1.79", "1.11", "1.59")]
    public void Each_rule_costs_and_gains_what_the_table_says(string rule, string level, string power, string? expected, string? inflation, string? expectedAtInflation, string width)
    {
        var row = Table[rule];
        Printed(level, row.FalsePositiveRate);
        Printed(power, row.Power);
        if (expected is not null) Printed(expected, row.ExpectedFraction);
        Assert.Equal(inflation is null, row.Inflation is null);
        if (inflation is not null) Printed(inflation, row.Inflation!.Value);
        if (expectedAtInflation is not null) Printed(expectedAtInflation, row.ExpectedAtInflation!.Value);
        Printed(width, row.FinalWidth);
    }

    private static void Printed(string digits, double value)
    {
        var decimals = digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1;
        var given = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        // Three entries were rounded twice (.43949 to .4395 to .440), which moves a number by a twentieth of its last digit more.
        Assert.True(Math.Abs(value - given) <= 0.55 * Math.Pow(10, -decimals), $"{value} is not {digits}");
    }
}
