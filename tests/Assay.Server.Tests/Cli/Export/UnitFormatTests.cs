using System.Text;
using System.Text.Json;
using Assay.Analysis.Measurement;
using Assay.Server.Cli.Export;

namespace Assay.Server.Tests.Cli.Export;

public sealed class UnitFormatTests
{
    private const long Hour = 3_600_000_000;

    private static readonly ExportShape Shape = new(["a,b", "c"], ["one \"more\""], ["before", "age"], AsOf: 10 * Hour) { Segments = ["plan", "country"] };

    private static readonly ExportedUnit[] Units =
    [
        new(7, "x\ny", 3 * Hour, new UnitMeasurement(0, 1, true, [new MetricValue(10 * Hour, 0.1 + 0.2, 3, 1)], [0, 1, 5e-324, 0], new EventTiming(1, 2, 3, 0), 10 * Hour) { Slices = ["plan=a=b", "country=D,E"] }),
        new(8, null, (3 * Hour) + 1, new UnitMeasurement(1, 1, false, [new MetricValue(11 * Hour, 1e15, 1, 0)], [-2, 0, 0, 1], default, 11 * Hour) { Slices = ["plan=none", "country=other"] }),
        new(9, "held", null, new UnitMeasurement(UnitMeasurement.Holdout, 1, false, [], [], new EventTiming(0, 0, 0, 4), 0)),
    ];

    [Fact]
    public void A_table_quotes_what_needs_it_and_leaves_empty_what_is_missing() => Assert.Equal(
        """"
        unit,user_id,variation_index,variation,crossover,first_exposure_at,events_before,events_in_window,events_after,"value:one ""more""","events:one ""more""","late:one ""more""","matures_at:one ""more""","completed:one ""more""",covariate:before,covariate:age,segment:plan,segment:country
        7,"x
        y",0,"a,b",true,1970-01-01T03:00:00.000000Z,1,2,3,0.30000000000000004,3,1,1970-01-01T10:00:00.000000Z,true,,5E-324,a=b,"D,E"
        8,,1,c,false,1970-01-01T03:00:00.000001Z,0,0,0,1000000000000000,1,0,1970-01-01T11:00:00.000000Z,false,-2,,none,other
        9,held,-1,,,,,,,,,,,,,,,

        """",
        Write(new CsvUnits(Shape)));

    [Fact]
    public void Lines_say_null_where_a_table_has_nothing()
    {
        var units = Write(new NdjsonUnits(Shape)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal("x\ny a,b", $"{units[0].GetProperty("user_id")} {units[0].GetProperty("variation")}");
        Assert.Equal(0.1 + 0.2, units[0].GetProperty("metrics").GetProperty("one \"more\"").GetProperty("value").GetDouble());
        Assert.Equal("""{"before":null,"age":5E-324}""", units[0].GetProperty("covariates").GetRawText());
        Assert.Equal("""{"plan":"a=b","country":"D,E"}""", units[0].GetProperty("segments").GetRawText());
        Assert.Equal("""{"plan":null,"country":null}""", units[2].GetProperty("segments").GetRawText());
        Assert.Equal(JsonValueKind.Null, units[1].GetProperty("user_id").ValueKind);
        Assert.Equal("""{"before":-2,"age":null}""", units[1].GetProperty("covariates").GetRawText());
        Assert.Equal("-1 null null", $"{units[2].GetProperty("variation_index")} {units[2].GetProperty("variation").GetRawText()} {units[2].GetProperty("metrics").GetProperty("one \"more\"").GetRawText()}");
    }

    private static string Write(IUnitFormat format)
    {
        var text = new StringBuilder();
        format.AppendHead(text);
        foreach (var unit in Units) format.Append(text, unit);
        return text.ToString();
    }
}
