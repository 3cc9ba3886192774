namespace Assay.Server.Tests.Results.Recording;

public sealed class SqliteRecordingTests : RecordingContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-recording-");

    private protected override string DropTriggers => "drop trigger records_keep_what_they_said; drop trigger records_forget_nothing";

    private protected override Task<string> CreateStorageAsync() => Task.FromResult($"Data Source={Path.Combine(_folder.FullName, "assay.db")}");

    private protected override Task DropStorageAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
