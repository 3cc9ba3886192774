using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Sdk;

namespace Assay.Server.Cli.Simulation;

/// <summary>Seeds the demo's experiments over the API as any client would, then keeps units coming.</summary>
internal sealed class DemoShow(HttpClient http, TimeProvider clock)
{
    private const int HistoryDays = 21;
    private const ulong Seed = 20_261_123;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly AssayClient _client = new(http);
    private readonly List<(DemoExperiment Experiment, Traffic Traffic)> _live = [];

    /// <returns>Units of history sent; 0 when an earlier run has sent them.</returns>
    public async Task<int> SeedAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var sent = 0;
        foreach (var demo in DemoExperiments.All)
        {
            using var document = JsonDocument.Parse(demo.Design);
            var design = DesignReader.Read(document.RootElement).Design
                ?? throw new InvalidOperationException("A demo design is invalid.");
            var truth = demo.Bend(Truth.Of(design));
            var status = await StatusAsync(design.Key, cancellation);
            if (status is not (null or "draft"))
            {
                // New people each time: the prefix names this run.
                var prefix = string.Create(CultureInfo.InvariantCulture, $"live-{now.ToUnixTimeSeconds()}");
                _live.Add((demo, new Traffic(_client, design, truth, Seed + (ulong)now.ToUnixTimeSeconds(), prefix)));
                continue;
            }

            var start = now - TimeSpan.FromDays(HistoryDays);
            if (status is null) await _client.CreateExperimentAsync(document.RootElement, cancellation);
            await _client.StartAsync(design.Key, start, cancellation);
            var traffic = new Traffic(_client, design, truth, Seed, "demo");
            await traffic.BackfillAsync(start, now, demo.UnitsPerDay * HistoryDays, cancellation);
            sent += traffic.Sent;
            _live.Add((demo, traffic));
        }

        return sent;
    }

    /// <summary>Keeps traffic flowing until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            foreach (var (demo, traffic) in _live) await traffic.TickAsync(clock.GetUtcNow(), demo.LiveUnitsPerSecond * Beat.TotalSeconds, cancellation);
        }
    }

    private async Task<string?> StatusAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return (await _client.GetExperimentAsync(key, cancellation)).GetProperty("status").GetString();
        }
        catch (AssayProblemException unknown) when (unknown.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}
