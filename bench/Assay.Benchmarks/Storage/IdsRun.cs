using System.Globalization;
using Assay.Server.Storage;

namespace Assay.Benchmarks.Storage;

/// <summary>Events with ids of 20 characters that are no UUIDs: bytes of each, with the ids kept beside their hashes or not.</summary>
/// <remarks>Arguments: folder, or an empty PostgreSQL database on this machine [events, default 1000000] [keep].</remarks>
internal static class IdsRun
{
    private const int BatchSize = 10_000;
    private const long Began = 1_767_225_600_000_000;

    public static async Task RunAsync(string[] args)
    {
        await using var subject = Subject.Of(args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("assay-bench-").FullName);
        var events = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var keeps = args.Length > 2 && args[2] == "keep";
        await subject.MigrateAsync();
        var before = await subject.SizeAsync();
        await using (var store = await subject.OpenAsync(keeps))
        {
            for (var i = 0; i < events; i += BatchSize) await store.CommitAsync([Batch(i)], DateTimeOffset.UtcNow, CancellationToken.None);
        }

        Console.WriteLine($"{events:n0} events, ids {(keeps ? "kept" : "hashed")}: {(await subject.SizeAsync() - before) / (double)events:f1} bytes an event");
    }

    private static Batch Batch(int first) => new(null, Began)
    {
        Events = [.. Enumerable.Range(first, BatchSize).Select(i => new EventItem(
            i - first, $"user-{i * 7919L % 100_000}", "purchase", 0.5, Began + i, null, string.Create(CultureInfo.InvariantCulture, $"order-{i * 2654435761L % 100_000_000_000_000:d14}"), null, null))],
    };
}
