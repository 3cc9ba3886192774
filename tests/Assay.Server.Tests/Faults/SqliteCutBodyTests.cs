using Assay.Server.Tests.Storage.Moving;

namespace Assay.Server.Tests.Faults;

public sealed class SqliteCutBodyTests : CutBodyContract
{
    private readonly MoveFolder _folder = new();

    private protected override Task<string> CreateStorageAsync() => Task.FromResult(_folder.Storage("assay"));

    private protected override Task DropStorageAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
