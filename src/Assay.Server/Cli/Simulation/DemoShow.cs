using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Sdk;

namespace Assay.Server.Cli.Simulation;

/// <summary>Seeds the demo's experiments over the API as any client would, then keeps units coming.</summary>
/// <param name="http">The server; it asks for no key.</param>
/// <param name="experiments">What is shown.</param>
/// <param name="notes">Where what goes wrong is told: the demo is also the server, and goes on.</param>
internal sealed class DemoShow(HttpClient http, ImmutableArray<DemoExperiment> experiments, TextWriter notes, TimeProvider clock)
{
    private const ulong Seed = 20_261_123;
    private static readonly TimeSpan History = TimeSpan.FromDays(21);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly AssayClient _client = new(http);
    private readonly List<Act> _live = [];

    /// <returns>Units of history sent; 0 when earlier runs have sent them all.</returns>
    public async Task<int> SeedAsync(CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var demo in experiments)
        {
            using var document = JsonDocument.Parse(demo.Design);
            var design = DesignReader.Read(document.RootElement).Design
                ?? throw new InvalidOperationException("A demo design is invalid.");
            await TryAsync(design.Key, async () => sent += await SeedAsync(demo, design, document.RootElement, cancellation));
        }

        return sent;
    }

    /// <summary>Keeps traffic flowing until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            foreach (var act in _live.ToArray())
            {
                var goesOn = await TryAsync(act.Key, () => act.Traffic.TickAsync(clock.GetUtcNow(), act.UnitsPerSecond * Beat.TotalSeconds, cancellation));
                if (!goesOn) _live.Remove(act);
            }
        }
    }

    private async Task<int> SeedAsync(DemoExperiment demo, Design design, JsonElement document, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var experiment = await FindAsync(design.Key, cancellation) ?? await _client.CreateExperimentAsync(document, cancellation);
        if (StatusOf(experiment) == "draft") experiment = await _client.StartAsync(design.Key, now - History, cancellation);

        // The history is of the experiment's own start, so that an interrupted run and the one that finishes it send the same items, which count once.
        var start = experiment.GetProperty("started_at").GetDateTimeOffset();
        var units = demo.UnitsPerDay * (int)History.TotalDays;
        var truth = demo.Bend(Truth.Of(design));
        var traffic = new Traffic(_client, design, truth, Seed, "demo");
        if (StatusOf(experiment) is "running" or "paused" && !await IsSeededAsync(design.Key, traffic.Foresee(start, start + History, units), cancellation))
        {
            await traffic.BackfillAsync(start, start + History, units, cancellation);
            _live.Add(new Act(design.Key, traffic, demo.LiveUnitsPerSecond));
            return traffic.Sent;
        }

        // New people each time: the prefix names this run.
        var prefix = string.Create(CultureInfo.InvariantCulture, $"live-{now.ToUnixTimeSeconds()}");
        _live.Add(new Act(design.Key, new Traffic(_client, design, truth, Seed + (ulong)now.ToUnixTimeSeconds(), prefix), demo.LiveUnitsPerSecond));
        return 0;
    }

    /// <summary>Whether the whole history is stored. Live traffic only begins after it, and adds to it.</summary>
    private async Task<bool> IsSeededAsync(string key, (long Exposures, long Conversions) planned, CancellationToken cancellation)
    {
        var stored = await http.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/experiments/{key}/ingestion", UriKind.Relative), cancellation);
        return stored.GetProperty("exposure_rows_total").GetInt64() >= planned.Exposures && stored.GetProperty("event_rows_total").GetInt64() >= planned.Conversions;
    }

    /// <returns>False when the experiment takes no data any more: somebody stopped, archived or deleted it, which a demo invites to.</returns>
    private async Task<bool> TryAsync(string key, Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (AssayProblemException refused) when (refused.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict)
        {
            await notes.WriteLineAsync($"assay: no more traffic for '{key}': {refused.Message}");
            return false;
        }
        catch (AssayException failure)
        {
            await notes.WriteLineAsync($"assay: traffic for '{key}': {failure.Message}");
        }

        return true;
    }

    private async Task<JsonElement?> FindAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await _client.GetExperimentAsync(key, cancellation);
        }
        catch (AssayProblemException unknown) when (unknown.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    private static string? StatusOf(JsonElement experiment) => experiment.GetProperty("status").GetString();

    /// <summary>An experiment on show.</summary>
    private sealed record Act(string Key, Traffic Traffic, double UnitsPerSecond);
}
