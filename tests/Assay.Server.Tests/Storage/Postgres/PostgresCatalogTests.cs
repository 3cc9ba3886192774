using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresCatalogTests(PostgresCluster cluster) : CatalogContract
{
    [Fact]
    public async Task The_audit_is_not_emptied_either()
    {
        await Server.CreateAsync("noted");
        await AssertRefusedAsync("truncate audit");
    }

    [Fact]
    public async Task Whether_there_is_a_key_can_be_asked_of_an_empty_database_and_of_one_that_is_away()
    {
        var empty = await cluster.CreateDatabaseAsync();
        await using (var engine = new PostgresEngine(empty)) Assert.False(engine.HasKey());
        await cluster.DropDatabaseAsync(empty);
        await using (var gone = new PostgresEngine(empty)) Assert.Throws<IOException>(() => gone.HasKey());
        await using var here = new PostgresEngine(Storage);
        Assert.False(here.HasKey());
        var (_, key) = KeySecrets.Create(AccessScope.Ingest, DateTimeOffset.UnixEpoch);
        await Catalog.AddKeyAsync(key, new AuditEntry(DateTimeOffset.UnixEpoch, "test", "key_created", null, "{}"), Cancellation);
        Assert.True(here.HasKey());
    }

    [Fact]
    public async Task A_commit_is_on_disk_before_it_is_acknowledged_whatever_the_servers_default()
    {
        await using var careless = new NpgsqlConnection(Storage);
        await careless.ExecuteAsync($"alter database {careless.Database} set synchronous_commit = off");
        await using var engine = new PostgresEngine(Storage);
        await using var connection = await engine.Postgres.OpenConnectionAsync(Cancellation);
        Assert.Equal("on", await connection.ExecuteScalarAsync<string>("show synchronous_commit"));
        Assert.Equal("30", await connection.ExecuteScalarAsync<string>("show tcp_keepalives_idle"));

        // Nor does it matter what else is asked of the connection.
        var asked = new NpgsqlConnectionStringBuilder(Storage) { Options = "-c synchronous_commit=off -c idle_in_transaction_session_timeout=90s -c geqo=off" };
        await using var tuned = new PostgresEngine(asked.ConnectionString);
        await using var other = await tuned.Postgres.OpenConnectionAsync(Cancellation);
        Assert.Equal("on", await other.ExecuteScalarAsync<string>("show synchronous_commit"));
        Assert.Equal("90s", await other.ExecuteScalarAsync<string>("show idle_in_transaction_session_timeout"));
        Assert.Equal("off", await other.ExecuteScalarAsync<string>("show geqo"));
    }

    private protected override async Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return await cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
