using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Server.Results;
using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Storage;
using Assay.Statistics.Distributions;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Results;

/// <summary>Experiments in which nothing differs, through the commit queue, the store and the live readout to the verdict, which is read at ten looks and acted on at the first that says ship.</summary>
public sealed class NothingDiffersTests
{
    private const int Experiments = 200;
    private const int Looks = 10;
    private const double Alpha = 0.05;
    private const double Baseline = 0.5;

    /// <summary>Tail probability below which chance is no excuse.</summary>
    private const double Doubt = 0.001;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_verdict_ships_no_more_of_them_than_it_promises_and_a_naive_reader_does()
    {
        var seen = await RunAsync("same", Experiments, treated: Baseline);
        Assert.Equal(Experiments, seen.Count(experiment => experiment.Spoke)); // What never speaks promises nothing.
        Assert.InRange(ChanceOfSoMany(seen.Count(experiment => experiment.Shipped)), Doubt, 1);
        // The same units by a fixed test at every look: so many are no chance, or this could not tell a broken verdict.
        Assert.InRange(ChanceOfSoMany(seen.Count(experiment => experiment.NaivelyShipped)), 0, Doubt);
    }

    [Fact]
    public async Task A_gain_that_is_there_is_shipped()
    {
        var seen = await RunAsync("gain", 10, treated: Baseline * 1.4);
        Assert.Equal(seen.Count, seen.Count(experiment => experiment.Shipped));
    }

    /// <summary>P(X ≥ count), X binomial of all experiments at α/2: a gain is declared on one side.</summary>
    private static double ChanceOfSoMany(int count) => count == 0 ? 1 : Beta.Cdf(Alpha / 2, count, Experiments - count + 1);

    private async Task<List<Seen>> RunAsync(string name, int count, double treated)
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        await using var store = new SqliteEventStore(file.ConnectionString);
        await using var queue = new CommitQueue(store, _time);
        await queue.StartAsync(Cancellation);
        List<Seen> seen = [.. Enumerable.Range(0, count).Select(number => new Seen(Running($"{name}-{number}"), new LiveReadout(store, _time, allPairs: false), new PCG((uint)number + 1, 42)))];
        foreach (var each in seen) await queue.OpenAsync(each.Experiment.ToView()!, Cancellation);
        for (var look = 0; look < Looks; look++)
        {
            await Task.WhenAll(seen.Select(each => queue.SubmitAsync(each.Draw(look, Looks, Baseline, treated, _time.GetUtcNow()), Cancellation).AsTask()));
            _time.Advance(TimeSpan.FromHours(2));
            foreach (var each in seen) each.Look();
        }

        return seen;
    }

    private static Experiment Running(string key)
    {
        var reading = DesignReader.Read(JsonElement.Parse(FormattableString.Invariant($$"""
            {
              "key": "{{key}}",
              "setup": { "variations": [ { "key": "control" }, { "key": "treatment" } ] },
              "metrics": { "primary_metric_name": "buy", "event": "{{key}}", "metric_type": "binary", "baseline_value": {{Baseline}}, "mde_pct": 25, "alpha": {{Alpha}}, "attribution_window_hours": 0.25 }
            }
            """)));
        return new Experiment { Design = reading.Design!, Plan = Pricing.Price(reading.Design!), Status = ExperimentStatus.Running, Version = 2, Iteration = 1, Epoch = 1, CreatedAt = Start, StartedAt = Start };
    }

    /// <summary>One experiment, its own chance, and what its readers have seen so far.</summary>
    private sealed class Seen(Experiment experiment, LiveReadout readout, PCG random)
    {
        public Experiment Experiment => experiment;

        public bool Spoke { get; private set; }

        public bool Shipped { get; private set; }

        public bool NaivelyShipped { get; private set; }

        /// <summary>The units of one look, each of an arm and with an event by chance.</summary>
        public Batch Draw(int look, int looks, double control, double treated, DateTimeOffset now)
        {
            var (at, units) = (Microseconds.Of(now), (int)(experiment.Plan.PlannedSampleSizes.Sum() / looks));
            var exposures = Enumerable.Range(0, units).Select(unit => new ExposureItem(unit, $"{experiment.Key}-{look}-{unit}", (int)random.Next(2), at, null, $"{look}-{unit}", null, null)).ToList();
            var events = exposures.Where(unit => random.Next(1_000_000) < 1_000_000 * (unit.Variation == 0 ? control : treated))
                .Select(unit => new EventItem(unit.Index, unit.UserId, experiment.Key, 1, at + 1, null, unit.Id, experiment.Key, null));
            return new Batch(experiment.Key, at) { Exposures = [.. exposures], Events = [.. events] };
        }

        public void Look()
        {
            var seen = readout.Read(experiment).Readout;
            var comparison = seen.Comparisons[0];
            Assert.Equal(comparison.Control.ExposedUsers + comparison.Treatment.ExposedUsers, seen.Population.Completed);
            Spoke |= comparison.Decision.Status == InferenceStatus.Ok;
            Shipped |= seen.Verdict.Status == VerdictStatus.Ship;
            NaivelyShipped |= comparison.Analysis.IsSignificant && comparison.Completed.Effect > 0;
        }
    }
}
