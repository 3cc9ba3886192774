using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Crash;

/// <summary>kill −9 in the middle of erasures: each is done, with all that follows from it, or not done; what was acknowledged is done.</summary>
[Trait("Ring", "crash")]
public sealed class ErasureKillTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>
{
    private const int Units = 40, EventsOfAUnit = 25, Kills = 2;

    [Fact]
    public async Task On_SQLite()
    {
        var folder = Directory.CreateTempSubdirectory("assay-crash-").FullName;
        await SurviveAsync($"Data Source={Path.Combine(folder, "assay.db")}");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Ring", "postgres")]
    public async Task On_PostgreSQL()
    {
        cluster.SkipUnlessHere();
        await SurviveAsync(await cluster.CreateDatabaseAsync());
    }

    private static async Task SurviveAsync(string storage)
    {
        var server = await ServerProcess.StartAsync(storage);
        try
        {
            await server.Api.CreateAsync("checkout");
            await server.Api.BeginAsync("checkout");
            await server.Api.RecordAsync("experiments/checkout/exposures", JsonSerializer.Serialize(new { exposures = Enumerable.Range(0, Units).Select(i => new { user_id = $"u{i}", variation_index = i % 2 }) }));
            for (var round = 0; round < EventsOfAUnit; round++)
                await server.Api.RecordAsync("events", JsonSerializer.Serialize(new { events = Enumerable.Range(0, Units).Select(i => new { id = $"{round} {i}", user_id = $"u{i}", name = "purchase", value = 0.1 }) }));

            var erased = new ConcurrentDictionary<string, bool>();
            for (var kill = 1; kill <= Kills; kill++)
            {
                var mark = kill * Units / (Kills + 2);
                var api = server.Api;
                var requests = Enumerable.Range(0, Units).Select(i => $"u{i}").Where(user => !erased.ContainsKey(user)).Select(user => EraseAsync(api, user, erased)).ToList();
                await Wait.UntilAsync(() => erased.Count >= mark);
                await server.KillAsync();
                await Task.WhenAll(requests);
                await server.DisposeAsync();
                Assert.True(erased.Count < Units, "Every erasure was done before the kill.");
                server = await ServerProcess.StartAsync(storage);
                await CheckAsync(server.Api, erased);
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task EraseAsync(Api api, string user, ConcurrentDictionary<string, bool> erased)
    {
        try
        {
            using var response = await api.Client.DeleteAsync($"/api/v1/units/{user}");
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound) erased[user] = true;
        }
        catch (Exception failure) when (Cut.Is(failure))
        {
            // The server was killed: done or not done.
        }
    }

    private static async Task CheckAsync(Api api, ConcurrentDictionary<string, bool> erased)
    {
        var (_, verified) = await api.PostAsync("experiments/checkout/verify", "{}");
        var left = verified.GetProperty("units").GetInt64();
        Assert.True(verified.GetProperty("equal").GetBoolean());
        Assert.Equal(Units, left + verified.GetProperty("except_erased").GetInt64());
        Assert.True(left <= Units - erased.Count);
        using var counts = JsonDocument.Parse(await api.Client.GetStringAsync("/api/v1/experiments/checkout/ingestion"));
        Assert.Equal(EventsOfAUnit * left, counts.RootElement.GetProperty("event_rows_total").GetInt64());
        foreach (var user in erased.Keys)
        {
            using var again = await api.Client.DeleteAsync($"/api/v1/units/{user}");
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        }
    }
}
