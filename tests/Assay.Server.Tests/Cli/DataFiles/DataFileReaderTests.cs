using Assay.Analysis.Designs;
using Assay.Server.Cli.DataFiles;

namespace Assay.Server.Tests.Cli.DataFiles;

public sealed class DataFileReaderTests
{
    private static readonly DataFileShape Shape = new("user", "arm", null, [new MetricColumn("bought", MetricType.Binary), new MetricColumn("spend", MetricType.Continuous)], ["before"], []);

    private static DataFile Read(string text, DataFileShape? shape = null) => DataFileReader.Read("f.csv", new StringReader(text), shape ?? Shape);

    private static string Refusal(string text, DataFileShape? shape = null) => Assert.Throws<DataFileException>(() => Read(text, shape)).Message;

    [Fact]
    public void Quoted_cells_may_hold_commas_quotes_and_line_breaks()
    {
        var file = Read("user,arm,bought,spend,before\r\n\"a,1\",\"one \"\"big\"\"\r\nbutton\",1,2.5,3\r\nb,plain,0,,\r\n");
        Assert.Equal(["one \"big\"\r\nbutton", "plain"], file.Variations);
        Assert.Equal(["a,1", "b"], file.Rows.Select(row => row.Unit));
        Assert.Equal([2L, 4], file.Rows.Select(row => row.Line));
        Assert.Equal([1, 2.5], file.Rows[0].Metrics);
        Assert.Equal([0.0, 0], file.Rows[1].Metrics);
        Assert.True(double.IsNaN(file.Rows[1].Covariates[0]));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("Yes", 1)]
    [InlineData("0", 0)]
    [InlineData("false", 0)]
    [InlineData("nO", 0)]
    [InlineData("", 0)]
    public void A_binary_cell_is_one_of_six_words_or_empty(string cell, double expected) =>
        Assert.Equal((expected, null), Cells.Metric(cell, MetricType.Binary));

    [Theory]
    [InlineData(MetricType.Binary, "maybe")]
    [InlineData(MetricType.Binary, "2")]
    [InlineData(MetricType.Continuous, "NaN")]
    [InlineData(MetricType.Continuous, "1e16")]
    [InlineData(MetricType.Continuous, "1,5")]
    [InlineData(MetricType.Count, "1.5")]
    [InlineData(MetricType.Count, "-1")]
    public void A_cell_that_is_no_value_of_its_type_is_refused(MetricType type, string cell) => Assert.NotNull(Cells.Metric(cell, type).Expected);

    [Fact]
    public void A_wrong_cell_is_named_by_line_and_column()
    {
        Assert.Equal("f.csv, line 4, column 3 (bought): holds 'maybe' where 1 or 0, true or false, yes or no is expected.", Refusal("user,arm,bought,spend,before\na,x,1,1,1\n\nb,y,maybe,1,1\n"));
        Assert.Contains("line 3, column 1 (user): is empty", Refusal("user,arm,bought,spend,before\na,x,1,1,1\n ,y,1,1,1\n"), StringComparison.Ordinal);
        Assert.Contains("line 2, column 2 (arm): is empty", Refusal("user,arm,bought,spend,before\na,,1,1,1\n"), StringComparison.Ordinal);
        Assert.Contains("line 2, column 5 (before): holds 'x'", Refusal("user,arm,bought,spend,before\na,x,1,1,x\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("user,arm,bought,spend\na,x,1,1\n", "there is no column 'before'")]
    [InlineData("user,arm,arm,bought,spend,before\na,x,x,1,1,1\n", "'arm' occurs twice")]
    [InlineData("user,arm,bought,spend,before\n", "no rows")]
    [InlineData("user,arm,bought,spend,before\na,x,1,1,1\n", "one variation only")]
    [InlineData("user,arm,bought,spend,before\na,x,1,1,1\nb,y,1,1\n", "line 3")]
    [InlineData("user,arm,bought,spend,before\na,x,1,1,1\nb,\"y,1,1,1\n", "line 3")]
    public void A_file_of_another_shape_is_refused(string text, string expected) => Assert.Contains(expected, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void The_control_is_the_first_variation_of_the_file_or_the_one_named()
    {
        const string Text = "user,arm,bought,spend,before\na,x,1,1,1\nb,y,0,1,1\n";
        Assert.Equal(["x", "y"], Read(Text).Variations);
        Assert.Equal(["y", "x"], Read(Text, Shape with { Control = "y" }).Variations);
        Assert.Contains("no row has 'z'", Refusal(Text, Shape with { Control = "z" }), StringComparison.Ordinal);
        Assert.Contains("--split has 3 weights for 2 variations", Refusal(Text, Shape with { Split = [1, 1, 1] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_unit_are_summed_and_two_variations_make_a_crossover()
    {
        var file = Read("user,arm,bought,spend,before\na,x,1,0.1,7\nb,y,,5,\na,x,1,0.2,\na,y,0,0.3,7\n");
        var units = DataUnits.Of(file, Shape).ToList();
        Assert.Equal([(0, true), (1, false)], units.Select(unit => (unit.Arm, unit.IsCrossover)));
        Assert.Equal([1, 0.6], units[0].Values);
        Assert.Equal([2L, 3], units[0].Events);
        Assert.Equal([7.0], units[0].Covariates);
        Assert.Contains("line 3, column before", Assert.Throws<DataFileException>(() => DataUnits.Of(Read("user,arm,bought,spend,before\na,x,1,1,7\na,x,1,1,8\nb,y,1,1,1\n"), Shape).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_keep_their_names_when_the_file_is_shuffled()
    {
        const string Header = "user,arm,bought,spend,before\n";
        string[] rows = ["a,x,1,1,1\n", "b,y,0,1,1\n", "a,x,1,1,1\n", "c,y,0,2,1\n"];
        var names = Read(Header + string.Concat(rows)).Rows.Select(row => row.Identity).ToList();
        Assert.Equal(4, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), Read(Header + string.Concat(rows.Reverse())).Rows.Select(row => row.Identity).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("spend:ratio:sessions", "not supported yet")]
    [InlineData("spend", "expected COLUMN:binary")]
    [InlineData("spend:mean", "'mean' is not a type")]
    public void A_metric_argument_says_column_and_type(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataFileException>(() => MetricColumn.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_s_column_may_have_colons() => Assert.Equal(new MetricColumn("a:b", MetricType.Count), MetricColumn.Parse("a:b:count"));
}
