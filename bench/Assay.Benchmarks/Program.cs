using Assay.Benchmarks.Kernel;
using Assay.Benchmarks.Load;
using Assay.Benchmarks.Storage;

namespace Assay.Benchmarks;

internal static class Program
{
    /// <summary><c>load [units] [events] [stored first] [storage]</c> drives a real server over HTTP, <c>store</c> the event store below it, <c>kernel [part of a name]</c> the statistics; anything else goes to BenchmarkDotNet.</summary>
    private static async Task<int> Main(string[] args)
    {
        if (args is ["load", .. var rest])
        {
            await LoadRun.RunAsync(units: Number(rest, 0, 1_000_000), events: Number(rest, 1, 3_000_000), storedFirst: Number(rest, 2, 400_000), storage: rest is [_, _, _, var storage] ? storage : null);
            return 0;
        }

        if (args is ["store", .. var arguments])
        {
            await StoreLoad.RunAsync(arguments);
            return 0;
        }

        if (args is ["readout", .. var hours])
        {
            ReadoutCost.Run(Number(hours, 0, 24 * 24));
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

    private static int Number(string[] args, int index, int otherwise) =>
        args.Length > index ? int.Parse(args[index], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
