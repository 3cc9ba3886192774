using System.Net;
using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Crash;

/// <summary>Processes killed and the database taken away under a load: what was acknowledged is there, exactly once.</summary>
[Trait("Ring", "crash")]
[Trait("Ring", "postgres")]
public sealed class PostgresFaultTests(DurableCluster cluster) : IClassFixture<DurableCluster>
{
    [Fact]
    public async Task What_was_acknowledged_survives_three_kills_exactly_once()
    {
        cluster.SkipUnlessHere();
        await Kills.SurviveAsync(await cluster.CreateDatabaseAsync());
    }

    [Fact]
    public async Task Of_two_processes_one_is_killed_and_leaves_nothing_half_done()
    {
        cluster.SkipUnlessHere();
        var storage = await cluster.CreateDatabaseAsync();
        await using var left = await ServerProcess.StartAsync(storage);
        await using var killed = await ServerProcess.StartAsync(storage);
        await left.Api.CreateAsync("checkout");
        await left.Api.BeginAsync("checkout");
        var load = new Load(left.Api, killed.Api);
        var clients = load.Start();
        await Wait.UntilAsync(() => load.Acknowledged.Count >= Load.Batches / 3 && load.InFlight > 1);
        await killed.KillAsync();
        load.Turn(left.Api);
        await Task.WhenAll(clients);
        await load.IsWholeAsync(left.Api);
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_acknowledged_and_afterwards_all_is_there_once()
    {
        cluster.SkipUnlessHere();
        await using var server = await ServerProcess.StartAsync(await cluster.CreateDatabaseAsync());
        await server.Api.CreateAsync("checkout");
        await server.Api.BeginAsync("checkout");
        var load = new Load(server.Api);
        var clients = load.Start();
        await Wait.UntilAsync(() => load.Acknowledged.Count >= Load.Batches / 3 && load.InFlight > 0);
        await cluster.StopAsync();

        // Every request that arrives from now on is refused, and says when to come again.
        var acknowledged = load.Acknowledged.Count;
        foreach (var route in (string[])["experiments/checkout/exposures", "events"])
        {
            using var body = new StringContent(route == "events" ? """{"events":[{"id":"away","user_id":"u1","name":"refund"}]}""" : Tests.History.Exposures(0, 1, at: null), null, "application/json");
            using var answer = await server.Api.Client.PostAsync($"/api/v1/{route}", body);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        using (var ready = await server.Api.Client.GetAsync("/readyz")) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        await Wait.UntilAsync(() => load.Unavailable >= 10);
        Assert.InRange(load.Acknowledged.Count, acknowledged, acknowledged + 4); // Those on their way when it stopped.
        await cluster.StartAsync();
        await Task.WhenAll(clients);
        await load.IsWholeAsync(server.Api);
    }
}

/// <summary>A server whose commits are on disk, and which may be stopped.</summary>
public sealed class DurableCluster() : PostgresCluster(isDurable: true);
