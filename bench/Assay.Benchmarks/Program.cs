using Assay.Benchmarks.Kernel;
using Assay.Benchmarks.Layouts;
using Assay.Benchmarks.Load;
using Assay.Benchmarks.Pages;
using Assay.Benchmarks.Plain;
using Assay.Benchmarks.Storage;

namespace Assay.Benchmarks;

internal static class Program
{
    /// <summary><c>load [units] [events] [stored first] [storage]</c> drives a real server over HTTP, <c>plain</c>, <c>growth</c> and <c>hot</c> compare rates of it, <c>store</c>, <c>links</c> and <c>ages</c> drive the event store below it, <c>retain</c> removes rows of it, <c>ids</c> weighs events with their ids, <c>layouts</c> compares ways to lay out a SQLite file, <c>paint ADDRESS</c> times a server's pages in Chromium, <c>kernel [part of a name]</c> the statistics; anything else goes to BenchmarkDotNet.</summary>
    private static async Task<int> Main(string[] args)
    {
        if (args is ["load", .. var rest])
        {
            await LoadRun.RunAsync(units: Number(rest, 0, 1_000_000), events: Number(rest, 1, 3_000_000), storedFirst: Number(rest, 2, 400_000), storage: Text(rest, 3));
            return 0;
        }

        if (args is ["plain", .. var plain])
        {
            await PlainRun.RunAsync(units: Number(plain, 0, 100_000), stored: Number(plain, 1, 400_000), events: Number(plain, 2, 200_000), storage: Text(plain, 3));
            return 0;
        }

        if (args is ["plain-server", var address, .. var file])
        {
            await PlainServer.RunAsync(address, Text(file, 0));
            return 0;
        }

        if (args is ["growth", .. var growth])
        {
            await GrowthRun.RunAsync(units: Number(growth, 0, 1_000_000), stored: Number(growth, 1, 30_000_000), storage: Text(growth, 2));
            return 0;
        }

        if (args is ["hot", .. var hot])
        {
            await HotRun.RunAsync(hotEvents: Number(hot, 0, 1_000_000), measured: Number(hot, 1, 200_000), storage: Text(hot, 2));
            return 0;
        }

        if (args is ["store", .. var arguments])
        {
            await StoreLoad.RunAsync(arguments);
            return 0;
        }

        if (args is ["ages", .. var ages])
        {
            await AgesLoad.RunAsync(ages);
            return 0;
        }

        if (args is ["layouts", .. var layouts])
        {
            await LayoutRun.RunAsync(stored: Number(layouts, 0, 2_000_000), units: Number(layouts, 1, 500_000));
            return 0;
        }

        if (args is ["links", .. var linked])
        {
            await LinkLoad.RunAsync(linked);
            return 0;
        }

        if (args is ["retain", .. var where])
        {
            await RetainRun.RunAsync(where);
            return 0;
        }

        if (args is ["ids", .. var ids])
        {
            await IdsRun.RunAsync(ids);
            return 0;
        }

        if (args is ["readout", .. var hours])
        {
            ReadoutCost.Run(Number(hours, 0, 24 * 24));
            return 0;
        }

        if (args is ["paint", var server, .. var visits])
        {
            await PaintRun.RunAsync(new Uri(server), Number(visits, 0, 15));
            return 0;
        }

        if (args is ["kernel", .. var cases])
        {
            KernelTable.Run(cases.Length > 0 ? cases[0] : null);
            return 0;
        }

        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }

    private static string? Text(string[] args, int index) => args.Length > index ? args[index] : null;

    private static int Number(string[] args, int index, int otherwise) =>
        args.Length > index ? int.Parse(args[index], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
