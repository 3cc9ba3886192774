using System.Net;
using System.Text.Json;

namespace Assay.Server.Tests.Results;

/// <summary>Segments from the design over exposures to the readout, on the real store.</summary>
public sealed class SegmentsTests
{
    private const string Design = """
        {
          "key": "by-country",
          "setup": {
            "variations": [ { "key": "a" }, { "key": "b" } ],
            "segments": [ { "attribute": "country", "values": ["DE", "FR"] }, { "attribute": "plan", "values": ["1", "true"] } ]
          },
          "metrics": { "primary_metric_name": "bought", "metric_type": "binary", "baseline_value": 0.1, "mde_pct": 10 }
        }
        """;

    [Fact]
    public async Task What_exposures_say_is_served_by_value_and_arm_and_counts_nobody_twice()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("experiments", Design)).Status);
        await server.BeginAsync("by-country");
        await server.RecordAsync("experiments/by-country/exposures", """
            { "exposures": [
              { "user_id": "u1", "variation_index": 0, "attributes": { "country": "DE", "plan": 1.0 } },
              { "user_id": "u2", "variation_index": 0, "attributes": { "country": "DE", "plan": true } },
              { "user_id": "u3", "variation_index": 1, "attributes": { "country": "US", "plan": null } },
              { "user_id": "u4", "variation_index": 1 },
              { "user_id": "u4", "variation_index": 0, "attributes": { "country": "FR" } },
              { "user_id": "u5", "variation_index": -1, "attributes": { "country": "FR" } } ] }
            """);
        await server.RecordAsync("experiments/by-country/conversions", """{ "conversions": [ { "user_id": "u1", "metric": "bought", "idempotency_key": "k" } ] }""");

        var readout = await server.GetAsync("experiments/by-country/live-stats");
        Assert.Equal(4, readout.GetProperty("exposures_total").GetInt32());
        var segments = readout.GetProperty("segments");
        Assert.Equal("reference_only", segments.GetProperty("validity").GetString());
        Assert.Equal(["country DE 2,0/1,0 FR 1,0/0,0 other 0,1/0,0 none 0,0/0,0", "plan 1 1,0/1,0 true 1,0/0,0 other 0,0/0,0 none 1,1/0,0"], segments.GetProperty("attributes").EnumerateArray().Select(Written));

        var germans = segments.GetProperty("attributes")[0].GetProperty("values")[0];
        Assert.Equal((2, 0, 0.5), (germans.GetProperty("exposed").GetInt32(), germans.GetProperty("completed").GetInt32(), germans.GetProperty("arms")[0].GetProperty("mean").GetDouble()));
        Assert.Equal(JsonValueKind.Null, germans.GetProperty("completed_arms")[0].GetProperty("mean").ValueKind);

        var counts = await server.GetAsync("experiments/by-country/ingestion");
        Assert.Equal(1, counts.GetProperty("crossovers_total").GetInt32());
        Assert.All(
            (await server.GetAsync("experiments/by-country/moments")).GetProperty("moments").EnumerateArray().Where(entry => entry.GetProperty("population").GetString() == "running"),
            entry => Assert.Equal(entry.GetProperty("variation_index").GetInt32() == 0 ? 3 : 1, entry.GetProperty("count").GetInt32()));
        var verification = await server.VerifyAsync("by-country");
        Assert.Equal((true, 5), (verification.GetProperty("equal").GetBoolean(), verification.GetProperty("units").GetInt32()));
    }

    /// <summary>Attribute, then value and units/converted by arm.</summary>
    private static string Written(JsonElement segment) =>
        $"{segment.GetProperty("attribute").GetString()} {string.Join(' ', segment.GetProperty("values").EnumerateArray().Select(slice =>
            $"{slice.GetProperty("value").GetString()} {ByArm(slice, "exposed_users")}/{ByArm(slice, "converted_users")}"))}";

    private static string ByArm(JsonElement slice, string field) => string.Join(',', slice.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty(field).GetInt32()));
}
