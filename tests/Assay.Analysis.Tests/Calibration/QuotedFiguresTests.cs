using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>Method pages quote the calibration by naming the study: "6.6 % (`bandit/200/pooled`)".</summary>
public sealed partial class QuotedFiguresTests
{
    private const int Fewest = 12;

    [Fact]
    public void A_figure_beside_the_name_of_a_study_is_what_the_calibration_page_has()
    {
        var quotes = (from file in Directory.EnumerateFiles(PublishedPage.Folder, "*.md")
                      where Path.GetFileName(file) != "calibration.md"
                      from Match match in Quote().Matches(File.ReadAllText(file))
                      select (File: Path.GetFileName(file), Figure: match.Groups["figure"].Value, Study: match.Groups["study"].Value)).ToList();

        Assert.True(quotes.Count >= Fewest, $"{quotes.Count} figures name a study");
        Assert.All(quotes, quote =>
        {
            var digits = quote.Figure.Contains('.', StringComparison.Ordinal) ? quote.Figure.Length - quote.Figure.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var measured = (100 * PublishedPage.Results[quote.Study].Measured).ToString($"F{digits}", CultureInfo.InvariantCulture);
            Assert.True(measured == quote.Figure, $"{quote.File} says {quote.Figure} % of {quote.Study}, which has {measured} %");
        });
    }

    /// <summary>A study's name anywhere on a method page stands behind a figure, so that none is quoted unchecked.</summary>
    [Fact]
    public void Every_study_that_a_method_page_names_stands_behind_a_figure() => Assert.All(
        Directory.EnumerateFiles(PublishedPage.Folder, "*.md").Where(file => Path.GetFileName(file) != "calibration.md"),
        file =>
        {
            var text = File.ReadAllText(file);
            Assert.Equal(Quote().Count(text), PublishedPage.Results.Keys.Sum(name => text.Split($"`{name}`").Length - 1));
        });

    [GeneratedRegex(@"(?<figure>[0-9]+(\.[0-9]+)?) % \(`(?<study>[^`]+)`\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Quote();
}
