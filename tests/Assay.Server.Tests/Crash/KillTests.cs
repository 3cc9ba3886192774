namespace Assay.Server.Tests.Crash;

/// <summary>kill −9 in the middle of a load: what was acknowledged is there, exactly once.</summary>
[Trait("Ring", "crash")]
public sealed class KillTests
{
    [Fact]
    public async Task What_was_acknowledged_survives_three_kills_exactly_once()
    {
        var folder = Directory.CreateTempSubdirectory("assay-crash-").FullName;
        await Kills.SurviveAsync($"Data Source={Path.Combine(folder, "assay.db")}");
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The same on every engine.</summary>
internal static class Kills
{
    private const int Times = 3;

    public static async Task SurviveAsync(string storage)
    {
        var server = await ServerProcess.StartAsync(storage);
        try
        {
            await server.Api.CreateAsync("checkout");
            await server.Api.BeginAsync("checkout");

            var load = new Load(server.Api);
            var clients = load.Start();
            for (var kill = 1; kill <= Times; kill++)
            {
                var mark = kill * Load.Batches / (Times + 1);
                await Wait.UntilAsync(() => load.Acknowledged.Count >= mark && load.InFlight > 0);
                await server.KillAsync();
                await server.DisposeAsync();
                server = await ServerProcess.StartAsync(storage);
                load.Turn(server.Api);
            }

            await Task.WhenAll(clients);
            Assert.True(load.Interrupted > 0, "No request was interrupted: the kills fell outside the load.");
            await load.IsWholeAsync(server.Api);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
