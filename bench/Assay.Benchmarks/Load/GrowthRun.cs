namespace Assay.Benchmarks.Load;

/// <summary>What a server that has much takes in, beside what it took in when it had little.</summary>
internal static class GrowthRun
{
    private const int BatchSize = 1_000;
    private const int Connections = 8;
    private const long Little = 1_000_000;

    /// <summary>Batches of a measurement, and of the warming up before it ten to one; a short run that stores less than there is to measure measures less.</summary>
    private const int MostMeasured = 200;

    /// <param name="units">Units, all exposed before the first event.</param>
    /// <param name="stored">Events in the end.</param>
    /// <param name="storage">An empty database; a SQLite file of its own unless given.</param>
    public static async Task RunAsync(int units, long stored, string? storage)
    {
        using var ground = new Ground(units, storage);
        await ground.BeginAsync();
        var little = Math.Min(Little, stored / 2);
        Console.WriteLine("| events stored | events/s right after a start | once all units have come since | bytes on disk | bytes for each event or exposure |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        var batches = (int)Math.Clamp(little / (2 * BatchSize), 10, MostMeasured);
        var first = await MeasureAsync(ground, 0, little, batches);
        var last = await MeasureAsync(ground, first.Sent, stored, batches);
        Console.WriteLine();
        Console.WriteLine($"rate at {stored:N0} ÷ at {little:N0}: {last.Cold / first.Cold:0.00} right after a start, {last.Warm / first.Warm:0.00} later; {(last.Bytes - first.Bytes) / (double)(stored - first.Sent):0} bytes for each event in between");
    }

    private static async Task<Measured> MeasureAsync(Ground ground, long sent, long stored, int batches)
    {
        // Where more has been sent already than is to be stored, nothing is sent twice.
        stored = Math.Max(stored, sent);
        await Filling.FillAsync(ground.Storage, sent, stored, ground.Units, ground.Start, ground.Span);
        await Databases.SettleAsync(ground.Storage);
        var bytes = await Databases.SizeAsync(ground.Storage);
        using var server = await ServerProcess.StartAsync(ground.Storage);
        using var http = Driver.Connect(server.Address);
        sent = stored;
        await PumpAsync(Math.Max(1, batches / 10));
        var cold = await PumpAsync(batches);

        // Of units that events draw at random, all but one in 150 come in five times as many.
        for (var left = 5 * ground.Units / BatchSize; left > 0; left -= batches) await PumpAsync(batches);
        var warm = await PumpAsync(batches);
        Console.WriteLine($"| {stored:N0} | {cold:N0} | {warm:N0} | {bytes:N0} | {bytes / (double)(stored + ground.Units):0} |");
        return new Measured(cold, warm, sent, bytes);

        async Task<double> PumpAsync(int count)
        {
            var first = sent;
            sent += count * BatchSize;
            return await Driver.PumpAsync(http, "/api/v1/events", count, BatchSize, Connections, i => ground.Events(first + (i * BatchSize), BatchSize));
        }
    }

    private sealed record Measured(double Cold, double Warm, long Sent, long Bytes);
}
