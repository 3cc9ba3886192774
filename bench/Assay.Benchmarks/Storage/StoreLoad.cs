using System.Diagnostics;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Benchmarks.Storage;

/// <summary>Drives a store below HTTP: commits of 1,000-item batches on top of stored history, then recompute and restart.</summary>
/// <remarks>Arguments: folder, or an empty PostgreSQL database on this machine [stored events, default 400000] [events at the end, default 3000000]
/// [units that it has been filled with] [seed]. One writer, no connections; fsync at every commit.</remarks>
internal static class StoreLoad
{
    private const int BatchSize = 1000;

    public static async Task RunAsync(string[] args)
    {
        await using var subject = Subject.Of(args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("assay-bench-").FullName);
        var stored = args.Length > 1 ? int.Parse(args[1], null) : 400_000;
        var final = args.Length > 2 ? int.Parse(args[2], null) : 3_000_000;
        await subject.MigrateAsync();

        // Of one day, so that a run on what another has stored need not open the experiment again.
        var traffic = new Traffic(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero), args.Length > 3 ? int.Parse(args[3], null) : 0, args.Length > 4 ? int.Parse(args[4], null) : 1);
        await using (var store = await subject.OpenAsync())
        {
            await store.OpenAsync(traffic.View, DateTimeOffset.UtcNow, CancellationToken.None);
            await MeasureAsync(subject, store, traffic, $"history to {stored:n0}", 10, () => traffic.Events < stored);
            foreach (var group in (int[])[1, 4, 10])
            {
                var end = traffic.Items + 60_000;
                await MeasureAsync(subject, store, traffic, $"live, {group} batches a commit", group, () => traffic.Items < end);
            }

            if (final > traffic.Events) await MeasureAsync(subject, store, traffic, $"history to {final:n0}", 10, () => traffic.Events < final);
            var clock = Stopwatch.StartNew();
            var recomputed = await store.RecomputeAsync(traffic.View.Key, CancellationToken.None);
            Console.WriteLine($"recompute of {traffic.Units:n0} units / {traffic.Events:n0} events: {clock.Elapsed.TotalSeconds:f2} s, equal: {Same(recomputed!, store.Read(traffic.View.Key)!)}");
            var last = traffic.Items + 30_000;
            await MeasureAsync(subject, store, traffic, "live at the end, 10 batches a commit", 10, () => traffic.Items < last);
        }

        var opening = Stopwatch.StartNew();
        await using var reopened = await subject.OpenAsync();
        Console.WriteLine($"restart: {reopened.Read(traffic.View.Key)!.Accumulators.Count} accumulators in {opening.Elapsed.TotalMilliseconds:f0} ms");
        Console.WriteLine($"stored: {await subject.SizeAsync() >> 20} MiB, process: {Environment.WorkingSet >> 20} MiB");
    }

    private static async Task MeasureAsync(Subject subject, IEventStore store, Traffic traffic, string what, int group, Func<bool> goesOn)
    {
        var items = 0;
        var commits = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        var there = subject.Processor(store);
        var written = await subject.WrittenAsync();
        while (goesOn())
        {
            var batches = Enumerable.Range(0, group).Select(_ => traffic.Next(BatchSize)).ToList();
            var clock = Stopwatch.StartNew();
            await store.CommitAsync(batches, DateTimeOffset.UtcNow, CancellationToken.None);
            commits.Add(clock.Elapsed.TotalMilliseconds);
            items += batches.Sum(batch => batch.Count);
        }

        var used = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / items;
        var usedThere = (subject.Processor(store) - there).TotalMicroseconds / items;
        commits.Sort();
        Console.WriteLine($"{what}: {items / commits.Sum() * 1000:n0} items/s, {used:f1} µs processor here, {usedThere:f1} there and {(await subject.WrittenAsync() - written) / (double)items:f0} bytes written an item, "
            + $"commit p50 {commits[commits.Count / 2]:f1} ms, p99 {commits[commits.Count * 99 / 100]:f1} ms");
    }

    private static bool Same(MeasuredExperiment left, MeasuredExperiment right) =>
        left.Accumulators.Count == right.Accumulators.Count
        && left.Accumulators.All(entry => entry.Value.Encode().AsSpan().SequenceEqual(right.Accumulators[entry.Key].Encode()));
}
