using System.Runtime.ExceptionServices;

namespace Assay.Server.Storage.Commits;

/// <summary>Units shared out among threads: what concerns a unit alone is done in its lane, at the same time as in the others.</summary>
internal static class Lanes
{
    /// <summary>More would only bring more to put together.</summary>
    private const int Most = 4;

    /// <summary>With fewer units than this, sharing out takes longer than it saves.</summary>
    private const int LeastUnits = 128;

    public static int Count { get; } = Math.Clamp(Environment.ProcessorCount, 1, Most);

    /// <summary>Where a unit belongs, by the half of its fingerprint that nothing is sorted by.</summary>
    public static int Of(UInt128 user) => (int)((ulong)(user >> 64) % (uint)Count);

    /// <summary>One for each lane.</summary>
    public static T[] Each<T>(Func<T> make) => [.. Enumerable.Range(0, Count).Select(_ => make())];

    /// <summary>Does the work of every lane; of several that fail, one tells why.</summary>
    public static void Run(int units, Action<int> work)
    {
        if (units < LeastUnits || Count == 1)
        {
            for (var lane = 0; lane < Count; lane++) work(lane);
            return;
        }

        try
        {
            // This thread takes part: where all others are busy, it does the whole.
            Parallel.For(0, Count, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
