using System.Collections.Immutable;
using System.Diagnostics;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Benchmarks.Load;

/// <summary>What one readout costs, from the accumulators of a month to its JSON: least of many, so that a busy machine shows the same.</summary>
internal static class ReadoutCost
{
    public static void Run(int hours)
    {
        var design = DesignReader.Read(System.Text.Json.JsonDocument.Parse(Bodies.Design).RootElement).Design!;
        var plan = Pricing.Price(design);
        var started = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        var measured = Measure(design, started, hours);
        var now = started.AddHours(hours);
        var input = new ReadoutInput(design, plan, design.Key, "running", 1, 1, measured, [], now, false, Final: false);
        Console.WriteLine($"| accumulators | {measured.Accumulators.Count} |");
        Row("readout from accumulators", () => Readout.Analyse(input));
        var readout = Readout.Analyse(input);
        Row("its JSON", () => ReadoutJson.Write(readout));
        Console.WriteLine($"| bytes | {ReadoutJson.Write(readout).Length} |");
    }

    private static void Row<T>(string what, Func<T> work)
    {
        double least = double.MaxValue;
        long bytes = 0;
        for (var i = 0; i < 400; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Console.WriteLine($"| {what} | {least:0} µs, {bytes / 1024.0:0} KiB |");
    }

    private static MeasuredExperiment Measure(Design design, DateTimeOffset started, int hours)
    {
        var view = ExperimentViews.Of(design, 1, started, null);
        var set = new AccumulatorSet(view, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty, 0);
        var measure = new UnitMeasure(view);
        var start = started.ToUnixTimeMilliseconds() * 1000;
        for (var i = 0; i < 200_000; i++)
        {
            var at = start + ((long)i * hours * 3_600_000_000L / 200_000);
            EventRow[] events = i % 7 == 0 ? [new EventRow("purchase", at + 60_000_000, (i % 997) / 10.0, at, null)] : i % 5 == 0 ? [new EventRow("view", at + 1, 1, at, null)] : i % 31 == 0 ? [new EventRow("refund", at + 1, 1, at, null)] : [];
            if (measure.Measure([new ExposureRow(at, i & 1, "")], events, []) is { } unit) set.Add(unit);
        }

        set.CompactThrough(Maturity.CompactedThrough(start + (hours * 3_600_000_000L)));
        return new MeasuredExperiment(design.Key, 1, 1, null, 0, set.ToImmutable());
    }
}
