using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Storage.Auditing;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresAuditTests(PostgresCluster cluster) : AuditContract
{
    private protected override string DropTriggers =>
        "drop trigger audit_keeps_what_it_said on audit; drop trigger audit_is_never_emptied on audit; drop trigger decisions_keep_what_they_said on decisions";

    private protected override async Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return await cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
