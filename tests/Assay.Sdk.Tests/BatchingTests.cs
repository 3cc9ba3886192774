using System.Net;
using System.Text.Json;

namespace Assay.Sdk.Tests;

public sealed class BatchingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1_000, new int[0])]
    [InlineData(1, 1_000, new[] { 1 })]
    [InlineData(1_000, 1_000, new[] { 1_000 })]
    [InlineData(1_001, 1_000, new[] { 1_000, 1 })]
    [InlineData(7, 3, new[] { 3, 3, 1 })]
    public async Task A_list_is_cut_into_batches_in_its_order(int items, int batchSize, int[] expected)
    {
        var server = new FakeServer();
        var receipt = await server.Connect(new AssayClientOptions { BatchSize = batchSize }).SendEventsAsync(Events(items), Cancellation);
        Assert.Equal(expected, server.Requests.Select(static request => Ids(request.Body).Length));
        Assert.Equal(Events(items).Select(static item => item.Id), server.Requests.SelectMany(static request => Ids(request.Body)), StringComparer.Ordinal);
        Assert.Equal((items, items, expected.LongLength), (receipt.Received, receipt.Recorded, receipt.Watermark));
    }

    [Fact]
    public async Task Receipts_of_batches_become_one_with_indices_of_the_whole_list()
    {
        var server = new FakeServer(
            Receive("""
                {"received":2,"recorded":1,"deduplicated":0,
                 "rejected":[{"index":1,"code":"invalid_value","detail":"no"}],
                 "warnings":[{"code":"no_id","count":1}],"watermark":9}
                """),
            Receive("""
                {"received":2,"recorded":1,"deduplicated":0,
                 "rejected":[{"index":0,"code":"too_long","detail":"yes"}],
                 "warnings":[{"code":"no_id","count":1},{"code":"unused_name","count":1}],"watermark":12}
                """),
            Receive("""{"received":1,"recorded":0,"deduplicated":1,"rejected":[],"warnings":[],"watermark":11,"a_later_field":true}"""));
        var receipt = await server.Connect(new AssayClientOptions { BatchSize = 2 }).SendEventsAsync(Events(5), Cancellation);
        Assert.Equal((5, 2, 1, 12L), (receipt.Received, receipt.Recorded, receipt.Deduplicated, receipt.Watermark));
        Assert.Equal([new Rejection(1, "invalid_value", "no"), new Rejection(2, "too_long", "yes")], receipt.Rejected);
        Assert.Equal([new Warning("no_id", 2), new Warning("unused_name", 1)], receipt.Warnings);
    }

    [Theory]
    [InlineData("503", typeof(AssayUnavailableException))]
    [InlineData("400", typeof(AssayProblemException))]
    public async Task A_delivery_that_stops_half_way_says_how_far_it_came(string failure, Type expected)
    {
        var server = new FakeServer(
            Receive("""{"received":2,"recorded":2,"deduplicated":0,"rejected":[],"warnings":[],"watermark":4}"""), DeliveryTests.Fail(failure));
        var exception = await Assert.ThrowsAnyAsync<AssayException>(
            () => server.Connect(new AssayClientOptions { BatchSize = 2, MaxAttempts = 1 }).SendEventsAsync(Events(6), Cancellation));
        Assert.IsType(expected, exception);
        Assert.Equal((2, 4L, 2), (exception.Acknowledged.Received, exception.Acknowledged.Watermark, server.Requests.Count));
    }

    [Fact]
    public async Task A_batch_larger_than_the_server_takes_is_halved_until_it_fits()
    {
        var properties = JsonSerializer.SerializeToElement(new { text = new string('x', 3_000_000) });
        var server = new FakeServer();
        var receipt = await server.Connect().SendEventsAsync([.. Events(5).Select(item => item with { Properties = properties })], Cancellation);
        Assert.Equal(5, receipt.Recorded);
        Assert.Equal([2, 1, 2], server.Requests.Select(static request => Ids(request.Body).Length));
        Assert.Equal(["e0", "e1", "e2", "e3", "e4"], server.Requests.SelectMany(static request => Ids(request.Body)), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(10, "")]
    [InlineData(1_000, "gzip")]
    public async Task A_large_batch_is_sent_compressed_and_again_compressed(int items, string encoding)
    {
        var server = new FakeServer(DeliveryTests.Fail("503"));
        var receipt = await server.Connect().SendEventsAsync(Events(items), Cancellation);
        Assert.Equal(items, receipt.Recorded);
        Assert.Equal([encoding, encoding], server.Sent.Select(static sent => sent.Encoding));
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
        Assert.Equal(encoding.Length > 0, server.Sent[0].Bytes < server.Requests[0].Body.Length);
    }

    [Fact]
    public async Task What_is_no_batch_is_sent_plain()
    {
        var server = new FakeServer((_, _) => FakeServer.Answer(HttpStatusCode.OK, "{}"));
        await server.Connect().CreateExperimentAsync(JsonSerializer.SerializeToElement(new { key = new string('a', 100_000) }), Cancellation);
        Assert.Equal("", server.Sent[0].Encoding);
    }

    [Fact]
    public async Task A_retried_conversion_keeps_the_key_that_the_client_made_for_it()
    {
        var server = new FakeServer(DeliveryTests.Fail("timeout"));
        await server.Connect().SendConversionsAsync(
            "exp", [new("u1", "purchase"), new("u1", "purchase"), new("u1", "purchase", IdempotencyKey: "mine")], Cancellation);
        var keys = server.Requests.Select(static request => Strings(request.Body, "conversions", "idempotency_key")).ToArray();
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(3, keys[0].Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("mine", keys[0][2]);
    }

    private static EventItem[] Events(int count) => [.. Enumerable.Range(0, count).Select(static i => new EventItem($"e{i}", "u1", "click"))];

    private static Func<HttpRequestMessage, string, HttpResponseMessage> Receive(string receipt) => (_, _) => FakeServer.Answer(HttpStatusCode.OK, receipt);

    private static string[] Ids(string body) => Strings(body, "events", "id");

    private static string[] Strings(string body, string envelope, string field)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty(envelope).EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];
    }
}
