using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Assay.Server.Tests.Crash;

/// <summary>Clients that send a batch until it is acknowledged, and then never again.</summary>
internal sealed class Load
{
    private const int Clients = 4;
    private const int BatchesAClient = 60;
    private const int ItemsABatch = 25;

    /// <summary>All batches of all clients.</summary>
    public const int Batches = Clients * BatchesAClient;

    /// <summary>Units that are exposed and convert, each within its window.</summary>
    public const int Units = BatchesAClient / 3 * ItemsABatch;

    private volatile Api[] _apis;
    private int _inFlight;
    private int _interrupted;
    private int _unavailable;

    public Load(params Api[] apis) => _apis = apis;

    public ConcurrentBag<(string Route, string Batch)> Acknowledged { get; } = [];

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Interrupted => Volatile.Read(ref _interrupted);

    /// <summary>Batches that were refused because the server could not store them.</summary>
    public int Unavailable => Volatile.Read(ref _unavailable);

    /// <summary>Sends to these servers from now on, to each a share of the clients.</summary>
    public void Turn(params Api[] apis) => _apis = apis;

    public Task[] Start() => [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(client)))];

    /// <summary>Everything acknowledged is there exactly once, and what is served is what the raw rows add up to.</summary>
    public async Task IsWholeAsync(Api api)
    {
        var before = await StateAsync(api);
        Assert.Equal(Batches, Acknowledged.Count);
        Assert.Equal(Batches / 3 * ItemsABatch, before.Ingestion.GetProperty("exposure_rows_total").GetInt64());
        Assert.Equal(Batches / 3 * 2 * ItemsABatch, before.Ingestion.GetProperty("event_rows_total").GetInt64());
        var verification = await api.VerifyAsync("checkout");
        Assert.True(verification.GetProperty("equal").GetBoolean(), verification.GetRawText());

        foreach (var (route, batch) in Acknowledged.OrderBy(sent => sent.Batch, StringComparer.Ordinal))
        {
            var receipt = await api.RecordAsync(route, batch);
            Assert.Equal(ItemsABatch, receipt.GetProperty("deduplicated").GetInt32());
        }

        var after = await StateAsync(api);
        Assert.Equal(before.Moments, after.Moments);
        Assert.Equal(before.Ingestion.GetProperty("event_rows_total").GetInt64(), after.Ingestion.GetProperty("event_rows_total").GetInt64());
        Assert.True((await api.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
    }

    private static async Task<(JsonElement Ingestion, string Moments)> StateAsync(Api api) =>
        (await api.GetAsync("experiments/checkout/ingestion"), (await api.GetAsync("experiments/checkout/moments")).GetProperty("moments").GetRawText());

    private async Task RunAsync(int client)
    {
        for (var batch = 0; batch < BatchesAClient; batch++)
        {
            var (route, body) = Write(client, batch);
            await Wait.UntilAsync(() => TrySendAsync(Pick(_apis, client), route, body));
            Acknowledged.Add((route, body));
        }
    }

    private static Api Pick(Api[] apis, int client) => apis[client % apis.Length];

    private async Task<bool> TrySendAsync(Api api, string route, string body)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            var (status, receipt) = await api.PostAsync(route, body);
            if (status == HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref _unavailable);
                return false;
            }

            Assert.True(status == HttpStatusCode.OK, receipt.ToString());
            Assert.Equal(0, receipt.GetProperty("rejected").GetArrayLength());
            return true;
        }
        catch (Exception cut) when (Cut.Is(cut) || cut is ObjectDisposedException or OperationCanceledException or JsonException)
        {
            Interlocked.Increment(ref _interrupted);
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>A third exposures, a third conversions, a third events, of units that the clients share.</summary>
    private static (string Route, string Body) Write(int client, int batch)
    {
        var units = Enumerable.Range(0, ItemsABatch).Select(i => (Unit: $"u{(batch / 3 * ItemsABatch) + i}", Arm: i % 2, Id: $"{client}.{batch}.{i}", Value: (i * 0.1) + client));
        return (batch % 3) switch
        {
            0 => ("experiments/checkout/exposures", Batch("exposures", units.Select(u => $$"""{"user_id":"{{u.Unit}}","variation_index":{{u.Arm}},"id":"{{u.Id}}"}"""))),
            1 => ("experiments/checkout/conversions", Batch("conversions", units.Select(u => $$"""{"user_id":"{{u.Unit}}","metric":"purchase","value":{{Text(u.Value)}},"idempotency_key":"{{u.Id}}"}"""))),
            _ => ("events", Batch("events", units.Select(u => $$"""{"id":"{{u.Id}}","user_id":"{{u.Unit}}","name":"refund","value":{{Text(u.Value)}}}"""))),
        };
    }

    private static string Batch(string array, IEnumerable<string> items) => $$"""{"{{array}}":[{{string.Join(',', items)}}]}""";

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
