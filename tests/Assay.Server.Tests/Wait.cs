namespace Assay.Server.Tests;

/// <summary>Waits for conditions instead of for a while.</summary>
internal static class Wait
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    /// <summary>So long that only a fault lasts longer, also on a machine with other things to do.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(2);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var given = new CancellationTokenSource(Long);
        using var look = new PeriodicTimer(BetweenLooks);
        while (!await condition())
        {
            Assert.False(given.IsCancellationRequested, "The condition did not come.");
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
