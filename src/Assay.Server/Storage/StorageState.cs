namespace Assay.Server.Storage;

/// <summary>How far storage has come up, and whether it takes writes.</summary>
internal sealed class StorageState(IStorageEngine engine)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when storage is migrated and open; fails when it cannot be.</summary>
    public Task Ready => _ready.Task;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Why storage did not come up; null while it may.</summary>
    public string? Failure { get; private set; }

    public void MarkReady() => _ready.TrySetResult();

    public void MarkFailed(string why)
    {
        Failure = why;
        _ready.TrySetException(new InvalidOperationException(why));
        _ = _ready.Task.Exception;
    }

    /// <returns>Why a write would fail now; null when it would not.</returns>
    public Task<string?> ProbeAsync(CancellationToken cancellation) => engine.ProbeAsync(cancellation);
}
