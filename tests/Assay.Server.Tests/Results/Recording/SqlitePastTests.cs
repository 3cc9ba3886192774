namespace Assay.Server.Tests.Results.Recording;

public sealed class SqlitePastTests : PastContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-past-");

    private protected override Task<string> CreateStorageAsync() => Task.FromResult($"Data Source={Path.Combine(_folder.FullName, "assay.db")}");

    private protected override Task DropStorageAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
