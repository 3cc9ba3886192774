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

    /// <summary>The early bound of 3 errs .0027 at one look, and more at several: where that is the level, nothing is left for the last look and the rule is no rule.</summary>
    [Theory]
    [InlineData(1, 0.005, true)]
    [InlineData(1, 1e-30, true)]
    [InlineData(2, 0.005, true)]
    [InlineData(2, 0.0026, false)]
    [InlineData(10, 0.01, false)]
    [InlineData(28, 0.0125, false)]
    [InlineData(28, 0.03, true)]
    [InlineData(40, 0.01, false)]
    [InlineData(5, 1e-30, false)]
    [InlineData(3, 0.99, true)]
    public void Every_level_of_a_design_is_compared(int looks, double alpha, bool hasHaybittlePeto)
    {
        var power = Math.Max(0.8, (1 + alpha) / 2);
        var costs = PeekingRules.Compare(looks, alpha, power);
        Assert.Equal(hasHaybittlePeto, costs.Any(cost => cost.Rule == PeekingRule.HaybittlePeto));
        Assert.Equal(Enum.GetValues<PeekingRule>().Where(rule => hasHaybittlePeto || rule != PeekingRule.HaybittlePeto), costs.Select(cost => cost.Rule));
        Assert.Equal(costs.Length, costs.Select(cost => cost.Name).Distinct().Count());
        Assert.All(costs, cost => Assert.True(cost.Rule == PeekingRule.NaiveZ || cost.Efficiency.FalsePositiveRate <= alpha * (1 + 1e-8), $"{cost}"));
    }

    [Fact]
    public void A_level_that_the_early_looks_spend_to_the_last_bit_leaves_no_rule()
    {
        var spent = GroupSequential.Finish(GroupSequential.Equal(7), [3, 3, 3, 3, 3, 3, double.PositiveInfinity], 2, null).CumulativeAlpha[^1];
        foreach (var alpha in (double[])[spent, double.BitIncrement(spent), double.BitDecrement(spent)])
        {
            Assert.DoesNotContain(PeekingRules.Compare(7, alpha, 0.8), cost => cost.Rule == PeekingRule.HaybittlePeto);
        }
    }

    [Theory]
    [InlineData(0, 0.05, 0.8, "looks")]
    [InlineData(1_001, 0.05, 0.8, "looks")]
    [InlineData(2, 0, 0.8, "alpha")]
    [InlineData(2, 1e-31, 0.8, "alpha")]
    [InlineData(2, 0.995, 0.999, "alpha")]
    [InlineData(2, double.NaN, 0.8, "alpha")]
    [InlineData(2, 0.05, 0.05, "power")]
    [InlineData(2, 0.05, 1, "power")]
    [InlineData(2, 0.05, double.NaN, "power")]
    public void A_refusal_names_what_was_given(int looks, double alpha, double power, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => PeekingRules.Compare(looks, alpha, power)).ParamName);

    private static void Printed(string digits, double value)
    {
        var decimals = digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1;
        var given = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        // Three entries were rounded twice (.43949 to .4395 to .440), which moves a number by a twentieth of its last digit more.
        Assert.True(Math.Abs(value - given) <= 0.55 * Math.Pow(10, -decimals), $"{value} is not {digits}");
    }
}
