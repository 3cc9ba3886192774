using System.Net;
using Assay.Server.Tests.Events;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

/// <summary>What is served over HTTP, on the real store.</summary>
public sealed class LiveStatsTests
{
    [Fact]
    public async Task An_acknowledged_batch_is_in_the_next_readout()
    {
        await using var server = await RunningServer.StartWithExperimentAsync();
        long exposed = 0;
        for (var batch = 0; batch < 20; batch++)
        {
            var receipt = await server.RecordAsync("experiments/checkout/exposures", History.Exposures(batch * 10, 10, at: null));
            exposed += receipt.GetProperty("recorded").GetInt64();
            var readout = await server.GetAsync("experiments/checkout/live-stats");
            Assert.True(readout.GetProperty("watermark").GetInt64() >= receipt.GetProperty("watermark").GetInt64());
            Assert.Equal(exposed, readout.GetProperty("exposures_total").GetInt64());
        }

        Assert.Equal(200, exposed);
    }

    [Theory]
    [InlineData("live-stats")]
    [InlineData("moments")]
    [InlineData("ingestion")]
    public async Task Who_has_the_answer_is_told_so(string path)
    {
        // A clock that stands still: a full hour is another answer.
        var time = new FakeTimeProvider(Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        using var first = await server.Client.GetAsync($"/api/v1/experiments/checkout/{path}");
        var etag = first.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server, path, etag));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server, path, $"\"x\", {etag}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, "\"x\""));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(0, 1, at: null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, etag));
    }

    [Fact]
    public async Task Health_tells_what_was_received_exposed_and_completed()
    {
        var time = new FakeTimeProvider(Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        var batch = History.Exposures(0, 6, Samples.Arrival.AddMinutes(-30));
        await server.RecordAsync("experiments/checkout/exposures", batch);
        await server.RecordAsync("experiments/checkout/exposures", batch);
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(6, 2, Samples.Start.AddDays(-1)));
        await server.RecordAsync("experiments/checkout/exposures", History.Exposures(8, 1, Samples.Arrival.AddMinutes(-20)));
        var health = (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("health");
        var ratio = health.GetProperty("checks")[0];
        var stages = ratio.GetProperty("evidence").GetProperty("stages").EnumerateArray().ToDictionary(stage => stage.GetProperty("stage").GetString()!, stage => stage.GetProperty("counts").EnumerateArray().Sum(count => count.GetInt64()));

        Assert.Equal(("ok", 17), (health.GetProperty("status").GetString(), health.GetProperty("checks").GetArrayLength()));
        Assert.Equal(("sample_ratio", "ok", "sample_ratio"), (ratio.GetProperty("code").GetString(), ratio.GetProperty("status").GetString(), ratio.GetProperty("evidence").GetProperty("kind").GetString()));
        Assert.Equal((15, 7, 0), (stages["received"], stages["exposed"], stages["completed"]));
    }

    [Fact]
    public async Task A_batch_of_duplicates_changes_what_was_taken_in_and_no_moment()
    {
        var time = new FakeTimeProvider(Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        var batch = History.Exposures(0, 5, Samples.Arrival.AddMinutes(-30));
        await server.RecordAsync("experiments/checkout/exposures", batch);
        var moments = await TagAsync("moments");
        var ingestion = await TagAsync("ingestion");
        Assert.Equal(5, (await server.RecordAsync("experiments/checkout/exposures", batch)).GetProperty("deduplicated").GetInt32());
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server, "moments", moments));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "ingestion", ingestion));

        // Windows close without any commit.
        ingestion = await TagAsync("ingestion");
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "moments", moments));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server, "ingestion", ingestion));

        async Task<string> TagAsync(string path)
        {
            using var response = await server.Client.GetAsync($"/api/v1/experiments/checkout/{path}");
            return response.Headers.ETag!.ToString();
        }
    }

    [Fact]
    public async Task Unknown_experiments_and_queries_are_problems_and_a_draft_is_not()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var path in new[] { "live-stats", "live-stats/stream", "moments", "ingestion" })
        {
            using var response = await server.Client.GetAsync($"/api/v1/experiments/nowhere/{path}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("unknown_experiment", await response.Content.ReadAsStringAsync());
        }

        await server.CreateAsync("draft");
        using var wrong = await server.Client.GetAsync("/api/v1/experiments/draft/live-stats?pairs=some");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var readout = await server.GetAsync("experiments/draft/live-stats");
        Assert.Equal("draft", readout.GetProperty("status").GetString());
        Assert.Equal("insufficient_data", readout.GetProperty("comparisons")[0].GetProperty("status").GetString());
        Assert.True((await server.VerifyAsync("draft")).GetProperty("equal").GetBoolean());
        Assert.Equal(0, (await server.GetAsync("experiments/draft/ingestion")).GetProperty("exposure_rows_total").GetInt64());
    }

    [Fact]
    public async Task Order_batching_and_repetition_change_no_bit_of_the_moments()
    {
        var items = History.Of(units: 150);
        var expected = await MomentsAsync(items, batch: 50, twice: false);
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var random = new PCG(1, seed);
            var shuffled = items.OrderBy(_ => random.Next()).ToList();
            Assert.Equal(expected, await MomentsAsync(shuffled, batch: 7 + (int)(31 * seed), twice: true));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path, string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/experiments/checkout/{path}");
        Assert.True(request.Headers.TryAddWithoutValidation("If-None-Match", known));
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(response.StatusCode == HttpStatusCode.NotModified, response.Headers.ETag!.ToString() != "" && known.Contains(response.Headers.ETag.ToString()));
        return response.StatusCode;
    }

    private static async Task<string> MomentsAsync(IReadOnlyList<HistoryItem> items, int batch, bool twice)
    {
        var time = new FakeTimeProvider(Samples.Arrival);
        await using var server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(time));
        foreach (var part in items.Concat(twice ? items.Reverse() : []).Chunk(batch)) await History.SendAsync(server, part);
        var verification = await server.VerifyAsync("checkout");
        Assert.True(verification.GetProperty("equal").GetBoolean(), verification.GetRawText());
        Assert.Equal(verification.GetProperty("units").GetInt64(), (await server.GetAsync("experiments/checkout/live-stats")).GetProperty("exposures_total").GetInt64());
        var moments = (await server.GetAsync("experiments/checkout/moments")).GetProperty("moments");
        Assert.Contains(moments.EnumerateArray(), entry => entry.GetProperty("population").GetString() == "completed" && entry.GetProperty("mean").GetDouble() > 0);
        return moments.GetRawText();
    }
}
