using System.Diagnostics;

namespace Assay.Server.Tests;

/// <summary>Waits for conditions instead of for a while.</summary>
internal static class Wait
{
    /// <summary>So long that only a fault lasts longer, also on a machine with other things to do.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(2);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Long, "The condition did not come.");
            await Task.Delay(1);
        }
    }
}
