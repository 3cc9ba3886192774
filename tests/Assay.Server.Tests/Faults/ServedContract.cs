namespace Assay.Server.Tests.Faults;

/// <summary>What a whole server owes on every engine.</summary>
public abstract class ServedContract : IAsyncLifetime
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty database of the test's own.</summary>
    private protected string Storage { get; private set; } = "";

    public async ValueTask InitializeAsync() => Storage = await CreateStorageAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Storage.Length > 0) await DropStorageAsync();
    }

    private protected abstract Task<string> CreateStorageAsync();

    private protected abstract Task DropStorageAsync();
}
