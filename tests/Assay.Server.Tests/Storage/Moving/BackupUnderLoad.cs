using Assay.Server.Tests.Events;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>A backup of an installation whose server takes twenty exposures a batch all the while.</summary>
internal static class BackupUnderLoad
{
    /// <summary>Exposures stored before the load begins.</summary>
    public const int Exposed = 66;

    public const int BatchSize = 20;

    /// <returns>Batches acknowledged before the backup began, and in all; the commit that the server was at before.</returns>
    public static async Task<(int Before, int Sent, long Watermark)> TakeAsync(RunningServer server, string storage, string file)
    {
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", Samples.Arrival.AddHours(-6));
        await Tests.History.SendAsync(server, Tests.History.Of(60));
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var load = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref sent)) await SendAsync(server, sent);
        });
        await Wait.UntilAsync(() => Volatile.Read(ref sent) > 2);
        var before = Volatile.Read(ref sent);
        var watermark = await WatermarkAsync(server);
        await Installation.BackUpAsync(storage, file);
        await Wait.UntilAsync(() => Volatile.Read(ref sent) > before + 2);
        await stop.CancelAsync();
        await load;
        return (before, sent, watermark);
    }

    /// <summary>Sends a batch, or sends it again.</summary>
    public static Task SendAsync(RunningServer server, int batch) =>
        server.RecordAsync("experiments/checkout/exposures", Tests.History.Exposures(1_000 + (batch * BatchSize), BatchSize, at: null));

    public static Task<long> RowsAsync(RunningServer server) => CountAsync(server, "exposure_rows_total");

    public static Task<long> WatermarkAsync(RunningServer server) => CountAsync(server, "watermark");

    private static async Task<long> CountAsync(RunningServer server, string count) => (await server.GetAsync("experiments/checkout/ingestion")).GetProperty(count).GetInt64();
}
