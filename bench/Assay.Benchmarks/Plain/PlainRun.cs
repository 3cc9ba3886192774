using Assay.Benchmarks.Load;

namespace Assay.Benchmarks.Plain;

/// <summary>Assay beside the plain way: the same bodies over HTTP, the same engine, each on disk before it is acknowledged.</summary>
internal static class PlainRun
{
    private const int Large = 1_000;
    private const int LargeConnections = 8;
    private const int SmallConnections = 64;
    private const int WarmUp = 10;

    /// <param name="units">Units, all exposed; the plain way knows no exposures.</param>
    /// <param name="stored">Events that both have before anything is measured.</param>
    /// <param name="events">Events of a measurement with large requests; with requests of one event a tenth of them.</param>
    /// <param name="storage">An empty database; SQLite files of its own unless given.</param>
    public static async Task RunAsync(int units, int stored, int events, string? storage)
    {
        using var ground = new Ground(units, storage);
        await ground.BeginAsync();
        var assay = await MeasureAsync(ground, await ServerProcess.StartAsync(ground.Storage), stored, events);
        var plain = await MeasureAsync(ground, await ServerProcess.StartPlainAsync(storage ?? ground.File("plain")), stored, events);
        var nothing = await MeasureAsync(ground, await ServerProcess.StartPlainAsync(null), 0, events);
        Console.WriteLine("| events a request | connections | Assay, events/s | plain, events/s | ratio | bodies read and nothing stored, events/s | its ratio to plain |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        Write(Large, LargeConnections, assay.Large, plain.Large, nothing.Large);
        Write(1, SmallConnections, assay.Small, plain.Small, nothing.Small);

        static void Write(int size, int connections, double assay, double plain, double nothing) =>
            Console.WriteLine($"| {size:N0} | {connections} | {assay:N0} | {plain:N0} | {assay / plain:0.0} | {nothing:N0} | {nothing / plain:0.0} |");
    }

    private static async Task<(double Large, double Small)> MeasureAsync(Ground ground, ServerProcess server, int stored, int events)
    {
        using var running = server;
        using var http = Driver.Connect(server.Address);
        var sent = 0L;
        await PumpAsync((stored / Large) + WarmUp, Large, LargeConnections);
        var large = await PumpAsync(events / Large, Large, LargeConnections);
        await PumpAsync(SmallConnections * WarmUp, 1, SmallConnections);
        return (large, await PumpAsync(events / 10, 1, SmallConnections));

        async Task<double> PumpAsync(int requests, int size, int connections)
        {
            var first = sent;
            sent += requests * size;
            return await Driver.PumpAsync(http, "/api/v1/events", requests, size, connections, i => ground.Events(first + (i * size), size));
        }
    }
}
