using Assay.Server.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Storage;

/// <summary>A contract that is kept by a whole server on a storage of its own, of whatever engine.</summary>
public abstract class ServedContract : IAsyncLifetime
{
    private RunningServer? _server;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected string Storage { get; private set; } = "";

    private protected RunningServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Storage = await CreateStorageAsync();
        _server = await RunningServer.StartAsync(Adjust, Storage);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (Storage.Length > 0) await DropStorageAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Last word on the server's services.</summary>
    private protected virtual void Adjust(IServiceCollection services)
    {
    }

    private protected abstract Task<string> CreateStorageAsync();

    private protected abstract Task DropStorageAsync();

    /// <summary>What somebody does who has the database in hand.</summary>
    /// <returns>The rows that it touched.</returns>
    private protected async Task<int> ExecuteAsync(string sql)
    {
        await using var engine = StorageEngines.Open(Storage);
        await using var connection = await engine.Source.OpenConnectionAsync(Cancellation);
        return await connection.ExecuteAsync(sql);
    }
}
