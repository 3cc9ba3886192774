using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Assay.Server.Tests.Crash;

/// <summary>kill −9 in the middle of a load: what was acknowledged is there, exactly once.</summary>
[Trait("Ring", "crash")]
public sealed class KillTests
{
    private const int Clients = 4;
    private const int BatchesAClient = 60;
    private const int ItemsABatch = 25;
    private const int Kills = 3;

    [Fact]
    public async Task What_was_acknowledged_survives_three_kills_exactly_once()
    {
        var folder = Directory.CreateTempSubdirectory("assay-crash-").FullName;
        var file = Path.Combine(folder, "assay.db");
        var server = await ServerProcess.StartAsync(file);
        try
        {
            await server.Api.CreateAsync("checkout");
            await server.Api.BeginAsync("checkout");

            var load = new Load(server.Api);
            var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => load.RunAsync(client))).ToArray();
            for (var kill = 1; kill <= Kills; kill++)
            {
                var mark = kill * Clients * BatchesAClient / (Kills + 1);
                await Wait.UntilAsync(() => load.Acknowledged.Count >= mark && load.InFlight > 0);
                await server.KillAsync();
                await server.DisposeAsync();
                server = await ServerProcess.StartAsync(file);
                load.Api = server.Api;
            }

            await Task.WhenAll(clients);
            Assert.True(load.Interrupted > 0, "No request was interrupted: the kills fell outside the load.");
            await IsWholeAsync(server.Api, load);
        }
        finally
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task IsWholeAsync(Api api, Load load)
    {
        var before = await StateAsync(api);
        Assert.Equal(Clients * BatchesAClient, load.Acknowledged.Count);
        Assert.Equal(Clients * BatchesAClient / 3 * ItemsABatch, before.Ingestion.GetProperty("exposure_rows_total").GetInt64());
        Assert.Equal(Clients * BatchesAClient / 3 * 2 * ItemsABatch, before.Ingestion.GetProperty("event_rows_total").GetInt64());
        var verification = await api.VerifyAsync("checkout");
        Assert.True(verification.GetProperty("equal").GetBoolean(), verification.GetRawText());

        foreach (var (route, batch) in load.Acknowledged.OrderBy(sent => sent.Batch, StringComparer.Ordinal))
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

    /// <summary>Clients that send a batch until it is acknowledged, and then never again.</summary>
    private sealed class Load(Api api)
    {
        private int _inFlight;
        private int _interrupted;

        public volatile Api Api = api;

        public ConcurrentBag<(string Route, string Batch)> Acknowledged { get; } = [];

        public int InFlight => Volatile.Read(ref _inFlight);

        public int Interrupted => Volatile.Read(ref _interrupted);

        public async Task RunAsync(int client)
        {
            for (var batch = 0; batch < BatchesAClient; batch++)
            {
                var (route, body) = Write(client, batch);
                await Wait.UntilAsync(() => TrySendAsync(route, body));
                Acknowledged.Add((route, body));
            }
        }

        private async Task<bool> TrySendAsync(string route, string body)
        {
            Interlocked.Increment(ref _inFlight);
            try
            {
                var (status, receipt) = await Api.PostAsync(route, body);
                if (status == HttpStatusCode.ServiceUnavailable) return false;
                Assert.True(status == HttpStatusCode.OK, receipt.ToString());
                Assert.Equal(0, receipt.GetProperty("rejected").GetArrayLength());
                return true;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException or JsonException)
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
}
