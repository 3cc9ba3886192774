using System.Data;
using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>How far storage has come up, and whether it takes writes.</summary>
internal sealed class StorageState(DbDataSource source)
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
    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            // Taking the write lock is what every commit begins with; nothing is written.
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
            await transaction.RollbackAsync(cancellation);
            return null;
        }
        catch (DbException failure)
        {
            return failure.Message;
        }
    }
}
