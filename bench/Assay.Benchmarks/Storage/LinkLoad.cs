using System.Diagnostics;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;

namespace Assay.Benchmarks.Storage;

/// <summary>What links cost below HTTP: requests of 10,000 that link every second unit to the one before it, and the same traffic before and after.</summary>
/// <remarks>Arguments: folder, or an empty PostgreSQL database on this machine [stored events, default 400000].</remarks>
internal static class LinkLoad
{
    private const int Together = 10_000;

    public static async Task RunAsync(string[] args)
    {
        await using var subject = Subject.Of(args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("assay-bench-").FullName);
        var stored = args.Length > 1 ? int.Parse(args[1], null) : 400_000;
        await subject.MigrateAsync();
        var traffic = new Traffic(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero));
        await using var store = await subject.OpenAsync();
        await store.OpenAsync(traffic.View, DateTimeOffset.UtcNow, CancellationToken.None);
        while (traffic.Events < stored) await CommitAsync();
        await LiveAsync("nobody linked");

        var links = Enumerable.Range(0, traffic.Units / 2).Select(i => new LinkItem(0, Traffic.User((2 * i) + 1), Traffic.User(2 * i))).ToList();
        var times = new List<double>();
        foreach (var chunk in links.Chunk(Together))
        {
            var clock = Stopwatch.StartNew();
            await store.LinkAsync([new LinkBatch([.. chunk], IsLifting: false, "bench")], DateTimeOffset.UtcNow, CancellationToken.None);
            times.Add(clock.Elapsed.TotalSeconds);
        }

        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var known = LinkedUnits.None.With(1, Enumerable.Range(0, links.Count).Select(i => new LinkChange((2 * i) + 1, 2 * i, IsLifting: false)));
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;
        Console.WriteLine($"{known.Count:n0} links of units with rows, {Together:n0} a request: first {times[0]:f2} s, median {times.Order().ElementAt(times.Count / 2):f2} s; {memory / known.Count} bytes of memory a link");
        await LiveAsync("every second unit linked");
        var lift = Stopwatch.StartNew();
        await store.LinkAsync([new LinkBatch([links[0] with { UserId = "" }], IsLifting: true, "bench")], DateTimeOffset.UtcNow, CancellationToken.None);
        Console.WriteLine($"one lifted: {lift.Elapsed.TotalMilliseconds:f1} ms");

        async Task LiveAsync(string what)
        {
            var (items, seconds, processor, there) = (0, 0.0, Environment.CpuUsage.TotalTime, subject.Processor(store));
            for (var i = 0; i < 12; i++)
            {
                var clock = Stopwatch.StartNew();
                items += await CommitAsync();
                seconds += clock.Elapsed.TotalSeconds;
            }

            Console.WriteLine($"{what}: {items / seconds:n0} items/s, {(Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / items:f1} µs processor here, {(subject.Processor(store) - there).TotalMicroseconds / items:f1} there an item");
            var recompute = Stopwatch.StartNew();
            await store.RecomputeAsync(traffic.View.Key, CancellationToken.None);
            Console.WriteLine($"  recompute of {traffic.Units:n0} units / {traffic.Events:n0} events: {recompute.Elapsed.TotalSeconds:f2} s");
        }

        async Task<int> CommitAsync()
        {
            var batches = Enumerable.Range(0, 10).Select(_ => traffic.Next(1000)).ToList();
            await store.CommitAsync(batches, DateTimeOffset.UtcNow, CancellationToken.None);
            return batches.Sum(batch => batch.Count);
        }
    }
}
