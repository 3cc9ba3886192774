namespace Assay.Server.Tests;

/// <summary>Waits for conditions instead of for a while.</summary>
internal static class Wait
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    /// <summary>So long that only a fault lasts longer, also on a machine with other things to do.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Lets others run. It is no time that anything may take, and what is asserted afterwards always holds: it gives a fault the occasion to show.</summary>
    public static async Task AWhileAsync()
    {
        for (var i = 0; i < 1_000; i++) await Task.Yield();
    }

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
