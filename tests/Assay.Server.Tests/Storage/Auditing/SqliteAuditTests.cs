namespace Assay.Server.Tests.Storage.Auditing;

public sealed class SqliteAuditTests : AuditContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-audit-");

    private protected override string DropTriggers => "drop trigger audit_keeps_what_it_said; drop trigger audit_forgets_nothing; drop trigger decisions_keep_what_they_said; drop trigger decisions_forget_nothing";

    private protected override Task<string> CreateStorageAsync() => Task.FromResult($"Data Source={Path.Combine(_folder.FullName, "assay.db")}");

    private protected override Task DropStorageAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
