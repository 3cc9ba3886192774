using Assay.Analysis.Measurement;

namespace Assay.Analysis.Tests.Measurement;

public sealed class PropertyFilterTests
{
    private const string Properties = """{"country":"DE","amount":10,"note":null,"vip":true,"zip":"010"}""";

    [Theory]
    [InlineData("country", PropertyOperator.Equal, "DE", true)]
    [InlineData("country", PropertyOperator.Equal, "de", false)]
    [InlineData("country", PropertyOperator.NotEqual, "FR", true)]
    [InlineData("absent", PropertyOperator.NotEqual, "FR", false)]
    [InlineData("country", PropertyOperator.In, "FR,DE", true)]
    [InlineData("country", PropertyOperator.In, "FR,IT", false)]
    [InlineData("amount", PropertyOperator.Equal, "10.0", true)]
    [InlineData("amount", PropertyOperator.Greater, "9", true)] // as text "10" would be below "9"
    [InlineData("amount", PropertyOperator.Greater, "10", false)]
    [InlineData("amount", PropertyOperator.GreaterOrEqual, "10", true)]
    [InlineData("amount", PropertyOperator.Less, "10", false)]
    [InlineData("amount", PropertyOperator.LessOrEqual, "10", true)]
    [InlineData("zip", PropertyOperator.Equal, "10", false)] // text stays text
    [InlineData("country", PropertyOperator.Less, "FR", true)]
    [InlineData("vip", PropertyOperator.Equal, "true", true)]
    [InlineData("vip", PropertyOperator.Exists, "", true)]
    [InlineData("note", PropertyOperator.Exists, "", false)]
    [InlineData("note", PropertyOperator.Equal, "null", false)]
    [InlineData("note", PropertyOperator.Less, "z", false)]
    [InlineData("absent", PropertyOperator.Exists, "", false)]
    public void A_clause_holds_or_does_not(string property, PropertyOperator comparison, string values, bool holds) =>
        Assert.Equal(holds, Passes(Properties, new PropertyClause(property, comparison, [.. values.Split(',')])));

    [Fact]
    public void Every_clause_must_hold() =>
        Assert.False(Passes(Properties, new("country", PropertyOperator.Equal, ["DE"]), new("amount", PropertyOperator.Less, ["5"])));

    [Fact]
    public void An_event_without_properties_passes_no_filter() => Assert.False(Passes(null));

    private static bool Passes(string? properties, params PropertyClause[] clauses)
    {
        var plan = new MetricPlan("m", "e", Aggregate.Count, TimeSpan.FromHours(1)) { Filter = new PropertyFilter([.. clauses]) };
        var view = new ExperimentView("x", 1, 0, 2, [plan], []);
        return UnitMeasure.Measure(view, new UnitRows([new(0, 0, "")], [new("e", 0, 1, 0, properties)], []))!.Metrics[0].Value > 0;
    }
}
