namespace Assay.Benchmarks.Load;

/// <summary>What one unit with very many events costs a stream that half belongs to it.</summary>
internal static class HotRun
{
    private const int BatchSize = 1_000;
    private const int Connections = 8;
    private const int WarmUp = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="hotEvents">Events that the hot unit has before anything is measured.</param>
    /// <param name="measured">Events of each measurement, or as many as come in a minute.</param>
    /// <param name="storage">An empty database; a SQLite file of its own unless given.</param>
    public static async Task RunAsync(int hotEvents, int measured, string? storage)
    {
        const int Units = 100_000;
        using var ground = new Ground(Units, storage);
        var hot = new HotUnit(ground.Start + ground.Span);
        await ground.BeginAsync();
        await Filling.HeatAsync(ground.Storage, hot, 0, hotEvents);
        using var server = await ServerProcess.StartAsync(ground.Storage);
        using var http = Driver.Connect(server.Address);
        var sent = (long)hotEvents;
        await PumpAsync(WarmUp * BatchSize, hot: null);
        var without = await PumpAsync(measured, hot: null);
        var with = await PumpAsync(measured, hot);
        Console.WriteLine("| stream | events/s |");
        Console.WriteLine("|---|---:|");
        Console.WriteLine($"| events of {Units:N0} units | {without:N0} |");
        Console.WriteLine($"| half of them of one unit with {hotEvents:N0} | {with:N0} |");
        Console.WriteLine();
        Console.WriteLine($"rate with the hot unit ÷ without: {with / without:0.000}");

        async Task<double> PumpAsync(int events, HotUnit? hot)
        {
            var first = sent;
            sent += events;
            return await Driver.PumpAsync(
                http, "/api/v1/events", events / BatchSize, BatchSize, Connections, i => ground.Events(first + (i * BatchSize), BatchSize, hot), Patience);
        }
    }
}
