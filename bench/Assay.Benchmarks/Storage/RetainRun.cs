using System.Diagnostics;
using Assay.Server.Retention;
using Assay.Server.Storage;

namespace Assay.Benchmarks.Storage;

/// <summary>Half of what is stored goes, while a writer commits: how long commits wait meanwhile.</summary>
/// <remarks>Arguments: folder, or an empty PostgreSQL database on this machine [stored events, default 5000000].</remarks>
internal static class RetainRun
{
    private const int BatchSize = 1_000;

    public static async Task RunAsync(string[] args)
    {
        await using var subject = Subject.Of(args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("assay-bench-").FullName);
        var stored = args.Length > 1 ? int.Parse(args[1], null) : 5_000_000;
        await subject.MigrateAsync();
        var traffic = new Traffic(DateTimeOffset.UtcNow);
        await using var store = await subject.OpenAsync();
        await store.OpenAsync(traffic.View, DateTimeOffset.UtcNow, CancellationToken.None);
        var random = new Random(2);
        for (var events = 0; events < stored / 2; events += 10 * BatchSize)
            await store.CommitAsync([.. Enumerable.Range(0, 10).Select(_ => Old(random, traffic.View.StartedAt))], DateTimeOffset.UtcNow, CancellationToken.None);
        while (traffic.Events < stored / 2)
            await store.CommitAsync([.. Enumerable.Range(0, 10).Select(_ => traffic.Next(BatchSize))], DateTimeOffset.UtcNow, CancellationToken.None);
        Console.WriteLine($"stored: {await subject.SizeAsync() >> 20} MiB");

        await using var queue = new CommitQueue(store, TimeProvider.System);
        await queue.StartAsync(CancellationToken.None);
        using var keeping = new RowKeeping((IRowRetention)store, queue, TimeProvider.System);
        Task<Retained>? retaining = null;
        await CommitAsync("before", 60);
        var clock = Stopwatch.StartNew();
        retaining = Task.Run(() => keeping.RetainAsync(traffic.View.StartedAt, "bench", CancellationToken.None));
        await CommitAsync("while rows are removed", int.MaxValue);
        var retained = await retaining;
        Console.WriteLine($"removed {retained.Rows.Events:n0} events and {retained.Units:n0} units in {clock.Elapsed.TotalSeconds:f1} s");
        await CommitAsync("after", 60);
        Console.WriteLine($"stored: {await subject.SizeAsync() >> 20} MiB, process: {Environment.WorkingSet >> 20} MiB");

        async Task CommitAsync(string when, int commits)
        {
            var waits = new List<double>();
            while (waits.Count < commits && (commits < int.MaxValue || retaining is { IsCompleted: false }))
            {
                var batch = traffic.Next(BatchSize);
                var wait = Stopwatch.StartNew();
                await queue.SubmitAsync(batch, CancellationToken.None);
                waits.Add(wait.Elapsed.TotalMilliseconds);
            }

            waits.Sort();
            Console.WriteLine($"{when}: {waits.Count} commits of {BatchSize:n0} items, p50 {waits[waits.Count / 2]:f0} ms, p99 {waits[waits.Count * 99 / 100]:f0} ms, longest {waits[^1]:f0} ms");
        }
    }

    /// <summary>Events of before the experiment, a third of units that come no more.</summary>
    private static Batch Old(Random random, long startedAt)
    {
        Span<byte> id = stackalloc byte[16];
        var events = new EventItem[BatchSize];
        for (var i = 0; i < events.Length; i++)
        {
            random.NextBytes(id);
            var user = random.Next(1_000_000);
            var at = startedAt - 1 - random.NextInt64(30L * 86_400_000_000);
            events[i] = new EventItem(i, user % 3 == 0 ? $"gone-{user}" : $"user-{user:x8}-{user * 2654435761L:x12}", "purchase", 0.5, at, at, new Guid(id).ToString(), null, null);
        }

        return new Batch(null, startedAt) { Events = [.. events] };
    }
}
