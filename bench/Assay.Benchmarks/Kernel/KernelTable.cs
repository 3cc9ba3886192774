using System.Globalization;

namespace Assay.Benchmarks.Kernel;

/// <summary>The statistics kernel, one case a line: microseconds and bytes of a call.</summary>
internal static class KernelTable
{
    public static void Run(string? contains)
    {
        Console.WriteLine("| case | µs | bytes |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var (name, work) in KernelCases.All().Concat(ReadoutCase.All()))
        {
            if (contains is not null && !name.Contains(contains, StringComparison.OrdinalIgnoreCase)) continue;
            var (microseconds, bytes) = Timing.Of(work);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {microseconds:0.###} | {bytes} |"));
        }
    }
}
