using System.Diagnostics;

namespace Assay.Benchmarks.Kernel;

/// <summary>What one call costs: the least of many batches, so that a busy machine shows nearly what a quiet one does.</summary>
internal static class Timing
{
    /// <summary>Shorter than a slice of the scheduler, so that some batches are not interrupted.</summary>
    private static readonly TimeSpan Batch = TimeSpan.FromMicroseconds(200);

    private static readonly TimeSpan Whole = TimeSpan.FromMilliseconds(800);

    /// <summary>Microseconds a call, and bytes allocated on its thread.</summary>
    public static (double Microseconds, long Bytes) Of(Action work)
    {
        WarmUp(work);
        var calls = 1;
        while (Elapsed(work, calls) < Batch && calls < 1 << 20) calls *= 2;
        var least = TimeSpan.MaxValue;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 60 || Stopwatch.GetElapsedTime(began) < Whole; i++)
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
        for (var i = 0; i < 200 || Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3); i++) work();
    }

    private static TimeSpan Elapsed(Action work, int calls)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) work();
        return Stopwatch.GetElapsedTime(began);
    }
}
