using System.Threading.Channels;

namespace Assay.Server.Storage;

/// <summary>
/// Has the event store hold the views that the catalog asks for. The catalog decides: a start or stop that failed or ended between the view and the catalog's
/// own commit has left the view of a change that never was.
/// </summary>
internal sealed partial class Agreement(IStorageEngine engine, IEventStore store, ICatalog catalog, TimeProvider clock, ILogger<Agreement> log) : BackgroundService
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    // One question that waits is enough: it is answered for all that came before.
    private readonly Channel<bool> _questions = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has it looked after soon, and again until storage answers; nobody waits for it.</summary>
    public void Ask() => _questions.Writer.TryWrite(true);

    /// <summary>Looks at every experiment; a view that is as it should be costs nearly nothing.</summary>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        await using var turn = await engine.TakeTurnAsync(cancellation);
        await foreach (var experiment in catalog.WalkAsync(cancellation))
            if (experiment.Status != ExperimentStatus.Archived && experiment.ToView() is { } view) await store.OpenAsync(view, clock.GetUtcNow(), cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _questions.Reader.ReadAllAsync(stoppingToken))
        {
            var isWarned = false;
            while (await FindFaultAsync(stoppingToken) is { } failure)
            {
                if (!isWarned) LogWaiting(failure);
                isWarned = true;
                await Task.Delay(BetweenAttempts, clock, stoppingToken);
            }
        }
    }

    /// <returns>Why it was not made; null when it was.</returns>
    private async Task<Exception?> FindFaultAsync(CancellationToken stopping)
    {
        try
        {
            await MakeAsync(stopping);
            return null;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            return failure;
        }
    }

    [LoggerMessage(102, LogLevel.Warning, "Whether views are as the catalog says cannot be looked after yet, and is tried again")]
    private partial void LogWaiting(Exception failure);
}
