using System.Diagnostics;
using Assay.Server.Storage;

namespace Assay.Benchmarks.Storage;

/// <summary>What values by age cost below HTTP: the same commits to stores that keep none and to stores that keep them for two primaries, turn by turn.</summary>
/// <remarks>Arguments: folder [stored events, default 400000] [batches a commit, default 10].</remarks>
internal static class AgesLoad
{
    private const int BatchSize = 1000;

    public static async Task RunAsync(string[] args)
    {
        var folder = args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("assay-bench-").FullName;
        var stored = args.Length > 1 ? int.Parse(args[1], null) : 400_000;
        var group = args.Length > 2 ? int.Parse(args[2], null) : 10;
        var traffic = new Traffic(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero));
        (string Name, int Days, bool HasAges)[] kinds = [("72 h", 3, false), ("72 h, 3 ages", 3, true), ("a week", 7, false), ("a week, 7 ages", 7, true)];
        var stores = new List<Kept>();
        foreach (var (name, days, hasAges) in kinds)
        {
            var subject = Subject.Of(Path.Combine(folder, $"{days}-{hasAges}"));
            await subject.MigrateAsync();
            var store = await subject.OpenAsync();
            await store.OpenAsync(traffic.View with { Plans = [.. traffic.View.Plans.Select((plan, i) => plan with { Window = TimeSpan.FromDays(days), Age = hasAges && i < 2 ? TimeSpan.FromDays(1) : null })] }, DateTimeOffset.UtcNow, CancellationToken.None);
            stores.Add(new Kept(name, subject, store));
        }

        while (traffic.Events < stored) await CommitAsync(isMeasured: false);
        var end = traffic.Items + Math.Max(100_000, 200 * group * BatchSize / 10);
        while (traffic.Items < end) await CommitAsync(isMeasured: true);
        for (var i = 0; i < stores.Count; i++)
        {
            var (kept, plain) = (stores[i], stores[i / 2 * 2]);
            Console.WriteLine($"{kept.Name}: {kept.Items / kept.Seconds:n0} items/s, {kept.Processor / kept.Items:f1} µs processor and {kept.Written / (double)kept.Items:f0} bytes written an item; time ÷ without ages {kept.Seconds / plain.Seconds:f2}, "
                + $"{kept.Store.Read(traffic.View.Key)!.Accumulators.Count} accumulators");
            await kept.Store.DisposeAsync();
            await kept.Subject.DisposeAsync();
        }

        async Task CommitAsync(bool isMeasured)
        {
            var batches = Enumerable.Range(0, group).Select(_ => traffic.Next(BatchSize)).ToList();
            foreach (var kept in stores)
            {
                var (processor, written, clock) = (Environment.CpuUsage.TotalTime, await kept.Subject.WrittenAsync(), Stopwatch.StartNew());
                await kept.Store.CommitAsync(batches, DateTimeOffset.UtcNow, CancellationToken.None);
                if (!isMeasured) continue;
                kept.Seconds += clock.Elapsed.TotalSeconds;
                kept.Processor += (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds;
                kept.Written += await kept.Subject.WrittenAsync() - written;
                kept.Items += batches.Sum(batch => batch.Count);
            }
        }
    }

    private sealed class Kept(string name, Subject subject, IEventStore store)
    {
        public string Name { get; } = name;

        public Subject Subject { get; } = subject;

        public IEventStore Store { get; } = store;

        public double Seconds { get; set; }

        public double Processor { get; set; }

        public long Written { get; set; }

        public int Items { get; set; }
    }
}
