using System.Net;
using System.Text;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Faults;

/// <summary>Clients that go in the middle of a body, or before the answer.</summary>
public abstract class CutBodyContract : ServedContract
{
    private const int Items = 40;
    private const string Exposures = "experiments/checkout/exposures";
    private readonly RequestWitness _witness = new();

    /// <summary>What is sent would be a batch by itself: only the framing tells that something is missing.</summary>
    [Theory]
    [InlineData("length")]
    [InlineData("chunked")]
    [InlineData("lines")]
    [InlineData("gzip")]
    public async Task Of_a_body_that_is_cut_nothing_is_stored_and_the_server_goes_on(string framing)
    {
        await using var server = await StartAsync();
        string[] routes = [Exposures, "events", "experiments/checkout/conversions"];
        foreach (var route in routes)
        {
            // Once by a client that still listens, then by clients that do not.
            for (var i = 0; i < 12; i++) await CutAsync(server, route, framing, isReset: i > 0);
        }

        var ingestion = await server.GetAsync("experiments/checkout/ingestion");
        Assert.Equal("0 0 0", $"{ingestion.GetProperty("exposure_rows_total")} {ingestion.GetProperty("event_rows_total")} {ingestion.GetProperty("rejected_total")}");

        foreach (var route in routes)
        {
            var (sent, rest) = Cut(route, framing);
            using var client = await RawClient.ConnectAsync(server.Client.BaseAddress!);
            await client.SendAsync(sent);
            await client.SendAsync(rest);
            var answer = await client.ReadAsync(Cancellation);
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.Contains($"\"recorded\":{Items}", answer, StringComparison.Ordinal);
        }

        await IsWholeAsync(server, Items, 2 * Items);
    }

    [Fact]
    public async Task Who_goes_before_the_answer_and_sends_again_counts_once()
    {
        var gate = new TaskCompletionSource();
        await using var server = await StartAsync(() => gate.Task);
        var queue = server.Services.GetRequiredService<CommitQueue>();
        string[] routes = [Exposures, "events", "experiments/checkout/conversions"];
        foreach (var route in routes)
        {
            gate = new TaskCompletionSource();
            var ended = _witness.Ended.Count;
            using (var client = await RawClient.ConnectAsync(server.Client.BaseAddress!))
            {
                var body = Encoding.UTF8.GetBytes(Whole(route));
                await client.SendAsync([.. RawClient.Head(route, $"Content-Length: {body.Length}"), .. body]);
                await Wait.UntilAsync(() => queue.Waiting == Items);
                client.Reset();
            }

            await Wait.UntilAsync(() => _witness.Ended.Count > ended);
            gate.SetResult();
            await Wait.UntilAsync(() => queue.Waiting == 0);
            var again = await server.RecordAsync(route, Whole(route));
            Assert.Equal((Items, 0), (again.GetProperty("deduplicated").GetInt32(), again.GetProperty("rejected").GetArrayLength()));
        }

        await IsWholeAsync(server, Items, 2 * Items);
    }

    [Fact]
    public async Task Whenever_a_client_goes_its_batch_is_stored_whole_or_not_at_all()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            // It goes at once: before the body is read, while it waits, or after the commit.
            using var client = await RawClient.ConnectAsync(server.Client.BaseAddress!);
            var body = Encoding.UTF8.GetBytes(Whole("events", i));
            await client.SendAsync([.. RawClient.Head("events", $"Content-Length: {body.Length}"), .. body]);
            client.Reset();
        }

        for (var i = 0; i < 30; i++)
        {
            var receipt = await server.RecordAsync("events", Whole("events", i));
            Assert.Contains(receipt.GetProperty("deduplicated").GetInt32(), (int[])[0, Items]);
            Assert.Equal(Items, receipt.GetProperty("recorded").GetInt32() + receipt.GetProperty("deduplicated").GetInt32());
        }

        await IsWholeAsync(server, 0, 30 * Items);
    }

    private async Task<RunningServer> StartAsync(Func<Task>? gate = null)
    {
        var server = await RunningServer.StartAsync(
            services =>
            {
                _witness.Register(services);
                if (gate is not null) GatedStore.Register(services, gate);
            },
            Storage);
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", Samples.Start);
        return server;
    }

    private async Task CutAsync(RunningServer server, string route, string framing, bool isReset)
    {
        var (begun, ended) = (_witness.Begun, _witness.Ended.Count);
        using var client = await RawClient.ConnectAsync(server.Client.BaseAddress!);
        await client.SendAsync(Cut(route, framing).Sent);
        await Wait.UntilAsync(() => _witness.Begun > begun);
        if (isReset)
        {
            client.Reset();
        }
        else
        {
            client.End();
            Assert.DoesNotContain("HTTP/1.1 200", await client.ReadAsync(Cancellation), StringComparison.Ordinal);
        }

        await Wait.UntilAsync(() => _witness.Ended.Count > ended);
    }

    /// <summary>A request as far as it comes, and what it lacks.</summary>
    private static (byte[] Sent, byte[] Lacking) Cut(string route, string framing)
    {
        var body = Encoding.UTF8.GetBytes(Whole(route));
        switch (framing)
        {
            case "length":
                return ([.. RawClient.Head(route, $"Content-Length: {body.Length + 9}"), .. body], "         "u8.ToArray());
            case "chunked":
                return ([.. RawClient.Head(route, "Transfer-Encoding: chunked"), .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n"u8], "0\r\n\r\n"u8.ToArray());
            case "lines":
                var lines = Written(route).Select(line => Encoding.UTF8.GetBytes($"{line}\n")).ToArray();
                return ([.. RawClient.Head(route, $"Content-Length: {lines.Sum(line => line.Length)}", "application/x-ndjson"), .. lines[..^1].SelectMany(line => line)], lines[^1]);
            default:
                var (first, second) = (Gzip.Compress(body), Gzip.Compress(" "));
                return ([.. RawClient.Head(route, $"Content-Encoding: gzip\r\nContent-Length: {first.Length + second.Length}"), .. first], second);
        }
    }

    private static string Whole(string route, int batch = 0) => $$"""{"{{route.Split('/')[^1]}}":[{{string.Join(',', Written(route, batch))}}]}""";

    private static IEnumerable<string> Written(string route, int batch = 0) => Enumerable.Range(0, Items).Select(i => route switch
    {
        "events" => $$"""{"id":"{{batch}}.{{i}}","user_id":"u{{i}}","name":"refund"}""",
        Exposures => $$"""{"user_id":"u{{i}}","variation_index":{{i % 2}},"id":"x{{i}}"}""",
        _ => $$"""{"user_id":"u{{i}}","metric":"purchase","idempotency_key":"c{{i}}"}""",
    });

    private async Task IsWholeAsync(RunningServer server, int exposures, int events)
    {
        var ingestion = await server.GetAsync("experiments/checkout/ingestion");
        Assert.Equal((exposures, events), (ingestion.GetProperty("exposure_rows_total").GetInt32(), ingestion.GetProperty("event_rows_total").GetInt32()));
        Assert.True((await server.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
        Assert.DoesNotContain((int)HttpStatusCode.InternalServerError, _witness.Ended);
        Assert.Empty(_witness.Faults);
    }
}
