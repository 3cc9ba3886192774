using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay.Benchmarks.Load;

/// <summary>The bounds of the spine, measured in one run: ingestion, reading while ingesting, freshness, recompute, start and memory.</summary>
internal static class LoadRun
{
    private const int BatchSize = 1_000;
    private const int Connections = 8;

    /// <summary>Reads before those that are measured: the runtime compiles what makes a readout meanwhile, once in a server's life.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    /// <param name="units">Units in the end.</param>
    /// <param name="events">Events in the end.</param>
    /// <param name="storedFirst">Items stored before anything is measured.</param>
    /// <param name="storage">An empty database; a SQLite file of its own unless given.</param>
    public static async Task RunAsync(int units, int events, int storedFirst, string? storage = null)
    {
        var folder = Directory.CreateTempSubdirectory("assay-load-");
        try
        {
            var database = storage ?? Databases.File(folder, "load");
            using var server = await ServerProcess.StartAsync(database);
            using var http = Driver.Connect(server.Address);
            Row("cold start to /healthz", $"{server.ColdStart.TotalMilliseconds:0} ms");
            await Task.Delay(2_000);
            Row("memory when idle", $"{server.ResidentMebibytes:0} MiB");

            var span = TimeSpan.FromDays(20);
            var start = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(24);
            await Driver.BeginAsync(http, start);

            var sent = 0L;
            var exposed = Math.Min(units, storedFirst / 4);
            await PumpAsync(http, "/api/v1/experiments/load/exposures", exposed / BatchSize, i => Bodies.Exposures((int)i * BatchSize, BatchSize, units, start, span));
            await PumpAsync(http, "/api/v1/events", (storedFirst - exposed) / BatchSize, i => Bodies.Events(i * BatchSize, BatchSize, exposed, start, span));
            sent += storedFirst - exposed;
            var first = sent;
            var rate = await PumpAsync(http, "/api/v1/events", 200, i => Bodies.Events(first + (i * BatchSize), BatchSize, exposed, start, span));
            sent += 200 * BatchSize;
            Row($"ingestion at {storedFirst:N0} stored, events of known units", $"{rate:N0} events/s ({Connections} connections, batches of {BatchSize})");

            var exposureRate = await PumpAsync(http, "/api/v1/experiments/load/exposures", (units - exposed) / BatchSize, i => Bodies.Exposures(exposed + ((int)i * BatchSize), BatchSize, units, start, span));
            Row($"exposures of new units up to {units:N0}", $"{exposureRate:N0} exposures/s");
            var second = sent;
            var (serverBefore, driverBefore) = (server.Processor, Environment.CpuUsage.TotalTime);
            var late = await PumpAsync(http, "/api/v1/events", Math.Max(1, (events - sent) / BatchSize), i => Bodies.Events(second + (i * BatchSize), BatchSize, units, start, span));
            var (serverUsed, driverUsed) = (server.Processor - serverBefore, Environment.CpuUsage.TotalTime - driverBefore);
            Row("of which processor", $"{serverUsed.TotalMicroseconds / Math.Max(1, events - sent):0.0} µs an event in the server, {driverUsed.TotalMicroseconds / Math.Max(1, events - sent):0.0} in the driver");
            sent = Math.Max(events, sent);
            Row($"ingestion up to {events:N0} events over {units:N0} units", $"{late:N0} events/s");

            sent += await ReadWhileIngestingAsync(http, sent, units, late / 2, start, span);
            await Task.Delay(2_000);
            for (var i = 0; i < 3; i++)
            {
                var clock = Stopwatch.StartNew();
                var verified = await Driver.PostAsync(http, "/api/v1/experiments/load/verify", "{}"u8.ToArray());
                Row("verify (full recompute)", $"{clock.Elapsed.TotalSeconds:0.00} s, equal: {verified.GetProperty("equal")}");
            }

            var size = await Databases.SizeAsync(database);
            Row("bytes on disk for each event or exposure", $"{size / (double)(sent + units):0} ({size / 1048576.0:0} MiB with WAL)");
            Row("memory after the run", $"{server.ResidentMebibytes:0} MiB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Events that came in meanwhile.</returns>
    private static async Task<long> ReadWhileIngestingAsync(HttpClient http, long sent, int units, double rate, DateTimeOffset start, TimeSpan span)
    {
        using var stop = new CancellationTokenSource();
        var ingested = 0L;
        var freshness = new List<double>();
        var writer = Task.Run(async () =>
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0L; !stop.IsCancellationRequested; i++)
            {
                var body = Bodies.Events(sent + (i * BatchSize), BatchSize, units, start, span);
                var due = TimeSpan.FromSeconds(i * BatchSize / rate) - clock.Elapsed;
                if (due > TimeSpan.Zero) await Task.Delay(due);
                var receipt = await Driver.PostAsync(http, "/api/v1/events", body);
                Interlocked.Add(ref ingested, BatchSize);
                if (i % 10 != 0) continue;
                var acknowledged = Stopwatch.GetTimestamp();
                var watermark = receipt.GetProperty("watermark").GetInt64();
                while ((await GetAsync(http)).GetProperty("watermark").GetInt64() < watermark) await Task.Delay(1);
                freshness.Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
            }
        });
        var streamed = StreamLagAsync(http, stop.Token);
        var latencies = new List<double>();
        var readouts = new List<double>();
        await ReadAsync(WarmUp);
        latencies.Clear();
        readouts.Clear();
        freshness.Clear();
        var (pauses, before) = (GC.GetTotalPauseDuration(), Interlocked.Read(ref ingested));
        await ReadAsync(Measured);
        var during = Interlocked.Read(ref ingested) - before;
        pauses = GC.GetTotalPauseDuration() - pauses;
        await stop.CancelAsync();
        await writer;
        var lags = await streamed;
        Row($"live-stats while ingesting {during / Measured.TotalSeconds:N0} events/s", $"p50 {Quantile(latencies, 0.5):0.00} ms, p99 {Quantile(latencies, 0.99):0.00} ms, max {latencies.Max():0.0} ms ({latencies.Count} reads)");
        Row("of which making the readout", $"p50 {Quantile(readouts, 0.5):0.00} ms, p99 {Quantile(readouts, 0.99):0.00} ms, max {readouts.Max():0.0} ms; the driver's own collections paused it {pauses.TotalMilliseconds:0} ms in all");
        Row("freshness: receipt → live-stats", $"p50 {Quantile(freshness, 0.5):0.0} ms, max {freshness.Max():0.0} ms");
        Row("gap between stream events under load", $"p50 {Quantile(lags, 0.5):0} ms, max {lags.Max():0} ms");
        return ingested;

        async Task ReadAsync(TimeSpan span)
        {
            var run = Stopwatch.StartNew();
            while (run.Elapsed < span)
            {
                var began = Stopwatch.GetTimestamp();
                using (var answer = await http.GetAsync("/api/v1/experiments/load/live-stats"))
                {
                    await answer.Content.ReadAsByteArrayAsync();
                    readouts.Add(double.Parse(answer.Headers.GetValues("Server-Timing").Single().Split("dur=")[1], CultureInfo.InvariantCulture));
                }

                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(10);
            }
        }
    }

    private static async Task<List<double>> StreamLagAsync(HttpClient http, CancellationToken stop)
    {
        var gaps = new List<double>();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/experiments/load/live-stats/stream");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
            var last = Stopwatch.GetTimestamp();
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (!line.StartsWith("data:", StringComparison.Ordinal)) continue;
                gaps.Add(Stopwatch.GetElapsedTime(last).TotalMilliseconds);
                last = Stopwatch.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return gaps;
    }

    /// <summary>Sends bodies over all connections; the rate counts items acknowledged.</summary>
    private static Task<double> PumpAsync(HttpClient http, string path, long batches, Func<long, byte[]> body) => Driver.PumpAsync(http, path, batches, BatchSize, Connections, body);

    private static async Task<JsonElement> GetAsync(HttpClient http)
    {
        using var document = JsonDocument.Parse(await http.GetByteArrayAsync("/api/v1/experiments/load/live-stats"));
        return document.RootElement.Clone();
    }

    private static double Quantile(List<double> values, double q) => values.Order().ElementAt((int)(q * (values.Count - 1)));

    private static void Row(string what, string result) => Console.WriteLine($"| {what} | {result} |");
}
