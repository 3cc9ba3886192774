using System.Globalization;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Report;

namespace Assay.Server.Tests.Dashboard.Report;

public sealed class ReportTextTests
{
    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a|b", @"a\|b")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("<b>bold</b> & *so*", @"&lt;b&gt;bold&lt;/b&gt; &amp; \*so\*")]
    [InlineData("[a](http://b)", @"\[a\](http://b)")]
    [InlineData("+4.70% (! |)", @"+4.70% (! \|)")]
    [InlineData(@"back\slash_`code`", @"back\\slash\_\`code\`")]
    public void Markdown_keeps_words_words(string words, string escaped) => Assert.Equal(escaped, MarkdownText.Escape(words));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("- item", @"\- item")]
    [InlineData("## item", @"\## item")]
    [InlineData("1. item", @"1\. item")]
    [InlineData("3.5% better", @"3\.5% better")]
    [InlineData("10 units", "10 units")]
    public void A_line_begins_no_list_and_no_heading(string words, string line) => Assert.Equal(line, MarkdownText.Line(words));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum(a,b)", "\"'@sum(a,b)\"")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string words, string cell) => Assert.Equal(cell, ReportCsv.Text(words));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_table_has_as_many_cells_in_a_row_as_in_its_head(string name)
    {
        var sheet = Samples.All.Single(sample => sample.Name == name).Sheet;
        var cells = 0;
        foreach (var line in ReportMarkdown.Write(sheet, "http://127.0.0.1:5080/experiments/x").Split('\n'))
        {
            var now = line.StartsWith('|') ? line.Replace(@"\|", "", StringComparison.Ordinal).Count(letter => letter == '|') : 0;
            if (cells > 0 && now > 0) Assert.Equal(cells, now);
            cells = now;
        }

        var rows = ReportCsv.Write(sheet).Split("\r\n")[..^1];
        Assert.All(rows, row => Assert.Equal(33, row.Split(',').Length));
        Assert.Equal(1 + (3 * EffectRow.Of(sheet).Length), rows.Length);
    }

    [Fact]
    public void Markdown_says_what_the_page_says()
    {
        var sheet = Samples.Winner();
        var text = ReportMarkdown.Write(sheet, "http://127.0.0.1:5080/experiments/checkout-redesign");
        Assert.StartsWith("# Report: Checkout redesign\n", text, StringComparison.Ordinal);
        Assert.Contains(MarkdownText.Line(Headline.Of(sheet).Sentence), text, StringComparison.Ordinal);
        Assert.Contains("| purchase (primary, higher is better) | one-page against control | +4.70% | +1.20% to +8.30% |", text, StringComparison.Ordinal);
        Assert.All(sheet.Readout!.Verdict.Reasons, reason => Assert.Contains(MarkdownText.Line(reason.Sentence), text, StringComparison.Ordinal));
        Assert.Contains("| Safe |", text, StringComparison.Ordinal);
        Assert.Contains("Watermark: 184,467", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_the_rows_read_back_as_those_of_the_readout()
    {
        var sheet = Samples.Latency();
        var rows = ReportCsv.Write(sheet).Split("\r\n").Select(row => row.Split(',')).ToArray();
        var comparison = sheet.Readout!.Comparisons[0];
        string Of(int row, string column) => rows[row][Array.IndexOf(rows[0], column)];
        double? Number(int row, string column) => Of(row, column) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

        Assert.Equal(("p95_latency_ms", "primary", "decrease", "completed", "always_valid", "any_look"), (Of(1, "metric"), Of(1, "role"), Of(1, "direction"), Of(1, "population"), Of(1, "method"), Of(1, "validity")));
        Assert.Equal((comparison.Decision.CiLower, comparison.Decision.CiRelativeUpper, comparison.Decision.PValueAdjusted), (Number(1, "ci_lower"), Number(1, "ci_relative_upper"), Number(1, "p_value_adjusted")));
        Assert.Equal((comparison.Completed.Treatment.Mean, comparison.Completed.Control.Std), (Number(1, "treatment_mean"), Number(1, "control_std")));
        Assert.Equal((comparison.AlwaysValid.CiLower, comparison.AlwaysValid.PValue), (Number(2, "ci_lower"), Number(2, "p_value")));
        Assert.Equal(("running", comparison.Analysis.Effect, comparison.Analysis.PValue), (Of(3, "population"), Number(3, "effect"), Number(3, "p_value")));
        Assert.Equal(comparison.Treatment.ExposedUsers.ToString(CultureInfo.InvariantCulture), Of(3, "treatment_units"));
    }

    [Fact]
    public void What_could_not_be_computed_is_an_empty_cell()
    {
        var rows = ReportCsv.Write(Samples.Empty()).Split("\r\n");
        Assert.Contains(",insufficient_data,false,,,", rows[1], StringComparison.Ordinal);
    }
}
