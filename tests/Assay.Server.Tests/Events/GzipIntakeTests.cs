using System.Text;
using Assay.Server.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Events;

/// <summary>Compressed batches over HTTP, on the real store.</summary>
public sealed class GzipIntakeTests : IAsyncLifetime
{
    private const string Exposures = "experiments/checkout/exposures";
    private const string Batch = """{"exposures":[{"user_id":"u1","variation_index":0},{"user_id":"u2","variation_index":1}]}""";

    private readonly FakeTimeProvider _time = new(Samples.Arrival);
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await RunningServer.StartWithExperimentAsync(Samples.Start, services => services.AddSingleton<TimeProvider>(_time));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Exposures, "application/json", Batch)]
    [InlineData(Exposures, "application/x-ndjson", "{\"user_id\":\"u1\",\"variation_index\":0}\n{\"user_id\":\"u2\",\"variation_index\":1}\n")]
    [InlineData("experiments/checkout/conversions", "application/json", """{"conversions":[{"user_id":"u1","metric":"purchase"},{"user_id":"u2","metric":"refund"}]}""")]
    [InlineData("experiments/checkout/pre-period", "application/json", """{"values":[{"user_id":"u1","covariate":"spend_before","value":1},{"user_id":"u2","covariate":"spend_before","value":2}]}""")]
    [InlineData("events", "application/x-ndjson", "{\"id\":\"1\",\"user_id\":\"u1\",\"name\":\"purchase\"}\n{\"id\":\"2\",\"user_id\":\"u2\",\"name\":\"purchase\"}\n")]
    public async Task Every_batch_may_come_compressed(string route, string type, string body)
    {
        foreach (var isLengthKnown in (bool[])[true, false])
        {
            var answer = await Gzip.PostAsync(_server, route, Gzip.Compress(body), type, isLengthKnown);
            Assert.Equal((200, 2), (answer.Status, answer.Body.GetProperty("received").GetInt32()));
            Assert.Equal(0, answer.Body.GetProperty("rejected").GetArrayLength());
        }

        // The same, plain, is known already where it has an identity.
        var (_, plain) = await _server.PostAsync(route, body, type);
        if (!route.EndsWith("conversions", StringComparison.Ordinal)) Assert.Equal(2, plain.GetProperty("deduplicated").GetInt32());
    }

    [Fact]
    public async Task What_is_not_whole_gzip_is_a_problem_and_stores_nothing()
    {
        var whole = Gzip.Compress(Batch);
        byte[][] spoilt = [[], whole[..^1], whole[..(whole.Length / 2)], [.. whole, 0], [.. whole, .. "{}"u8], Encoding.UTF8.GetBytes(Batch)];
        foreach (var body in spoilt) (await Gzip.PostAsync(_server, Exposures, body)).IsProblem(400, "invalid_gzip");
        (await Gzip.PostAsync(_server, Exposures, Gzip.Compress("no JSON"))).IsProblem(400, "invalid_json");
        Assert.Equal(0, (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());
    }

    [Fact]
    public async Task Limits_hold_for_the_bytes_sent_and_for_the_bytes_they_expand_to()
    {
        // More than 8 MiB that expand to a batch; less than 8 MiB that do not count as such.
        var spaces = Encoding.UTF8.GetBytes(Batch + new string(' ', RequestBody.MostBytes));
        foreach (var isLengthKnown in (bool[])[true, false])
            (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(spaces, System.IO.Compression.CompressionLevel.NoCompression), isLengthKnown: isLengthKnown)).IsProblem(413, "body_too_large");
        Assert.Equal(0, (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());

        var bomb = Gzip.Compress(new byte[2 * GzipBody.MostBytes]);
        Assert.True(bomb.Length < RequestBody.MostBytes);
        Assert.Contains("64 MiB", (await Gzip.PostAsync(_server, Exposures, bomb)).IsProblem(413, "body_too_large").Text, StringComparison.Ordinal);

        var items = string.Join(',', Enumerable.Range(0, 10_001).Select(i => $$"""{"user_id":"u{{i}}","variation_index":0}"""));
        (await Gzip.PostAsync(_server, Exposures, Gzip.Compress($$"""{"exposures":[{{items}}]}"""))).IsProblem(413, "too_many_items");
        Assert.Equal(0, (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());

        Assert.Equal(200, (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(spaces))).Status);
        Assert.Equal(2, (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64());
    }
}
