using System.Collections.Immutable;
using System.Diagnostics;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Benchmarks.Load;

/// <summary>Fills a store below HTTP, in commits that are as large as is fast, with what the bodies would have brought.</summary>
internal static class Filling
{
    private const int ItemsACommit = 50_000;

    /// <summary>Puts in exposures of the units [from, to).</summary>
    public static Task ExposeAsync(string storage, int from, int to, int units, DateTimeOffset start, TimeSpan span) => FillAsync(
        storage, from, to, (first, count) => new Batch("load", Arrival())
        {
            Exposures = [.. Enumerable.Range((int)first, count).Select(i => Exposure(i - (int)first, $"user-{i}", i & 1, Bodies.ExposedAt(i, units, start, span)))],
        });

    /// <summary>Puts in the events [from, to) of the units.</summary>
    public static Task FillAsync(string storage, long from, long to, int units, DateTimeOffset start, TimeSpan span) => FillAsync(
        storage, from, to, (first, count) => new Batch(null, Arrival()) { Events = Events(first, count, i => Bodies.Event(i, units, start, span)) });

    /// <summary>Puts in the hot unit and the events [from, to) of it.</summary>
    public static Task HeatAsync(string storage, HotUnit hot, long from, long to) => FillAsync(
        storage, from, to, (first, count) => new Batch("load", Arrival())
        {
            Exposures = first == from ? [Exposure(0, HotUnit.User, 0, hot.ExposedAt)] : [],
            Events = Events(first, count, hot.Event),
        });

    private static async Task FillAsync(string storage, long from, long to, Func<long, int, Batch> batch)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddStorage(storage);
        await using var provider = services.BuildServiceProvider();
        var engine = provider.GetRequiredService<IStorageEngine>();
        engine.Take();
        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        var store = provider.GetRequiredService<IEventStore>();
        await store.RestoreAsync(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        for (var first = from; first < to; first += ItemsACommit)
            await store.CommitAsync([batch(first, (int)Math.Min(ItemsACommit, to - first))], TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await Console.Error.WriteLineAsync($"filled {to - from:N0} items below HTTP in {clock.Elapsed.TotalSeconds:0} s");
    }

    private static long Arrival() => Microseconds.Of(TimeProvider.System.GetUtcNow());

    private static ExposureItem Exposure(int index, string user, int arm, DateTimeOffset at) =>
        new(index, user, arm, Microseconds.Of(at), Microseconds.Of(at), Id: null, Attributes: null, Source: null);

    private static ImmutableArray<EventItem> Events(long first, int count, Func<long, WrittenEvent> write)
    {
        var events = ImmutableArray.CreateBuilder<EventItem>(count);
        for (var i = 0; i < count; i++)
        {
            var e = write(first + i);
            events.Add(new EventItem(i, e.User, e.Name, e.Value, Microseconds.Of(e.At), Microseconds.Of(e.At), e.Id, Scope: null, Properties: null));
        }

        return events.MoveToImmutable();
    }
}
