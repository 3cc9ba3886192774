namespace Assay.Server.Tests.Storage.Moving;

/// <summary>From file to file.</summary>
public sealed class SqliteMoveTests : MoveContract, IDisposable
{
    private readonly MoveFolder _folder = new();

    private protected override int Histories => 40;

    public void Dispose() => _folder.Dispose();

    private protected override Task<string> FromAsync() => Task.FromResult(_folder.Storage(NewName()));

    private protected override Task<string> ToAsync() => FromAsync();
}
