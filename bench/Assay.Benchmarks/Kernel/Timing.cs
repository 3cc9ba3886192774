using System.Diagnostics;

namespace Assay.Benchmarks.Kernel;

/// <summary>What one call costs: the least of many batches, so that a busy machine shows nearly what a quiet one does.</summary>
internal static class Timing
{
    private const int Batches = 300;
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(2);

    /// <summary>Microseconds a call, and bytes allocated on its thread.</summary>
    public static (double Microseconds, long Bytes) Of(Action work)
    {
        WarmUp(work);
        var calls = 1;
        while (Elapsed(work, calls) < Batch && calls < 1 << 20) calls *= 2;
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < Batches && (i < 20 || calls > 1 || least < TimeSpan.FromMilliseconds(20)); i++)
        {
            var elapsed = Elapsed(work, calls);
            if (elapsed < least) least = elapsed;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return (least.TotalMicroseconds / calls, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Long enough for the last tier of the just-in-time compiler, which works in the background.</summary>
    private static void WarmUp(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 200 || Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(400); i++) work();
    }

    private static TimeSpan Elapsed(Action work, int calls)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) work();
        return Stopwatch.GetElapsedTime(began);
    }
}
