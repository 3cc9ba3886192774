namespace Assay.Server.Storage;

/// <summary>Turns within this process.</summary>
internal sealed class OneAtATime : IDisposable
{
    private readonly SemaphoreSlim _free = new(1);

    public async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IAsyncDisposable
    {
        private int _isOver;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) free.Release();
            return ValueTask.CompletedTask;
        }
    }
}
