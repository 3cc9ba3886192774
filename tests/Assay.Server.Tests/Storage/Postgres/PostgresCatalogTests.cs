using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresCatalogTests(PostgresCluster cluster) : IAsyncLifetime
{
    private string? _storage;
    private RunningServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ICatalog Catalog => _server!.Services.GetRequiredService<ICatalog>();

    public async ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        _storage = await cluster.CreateDatabaseAsync();
        _server = await RunningServer.StartAsync(storage: _storage);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_storage is not null) await cluster.DropDatabaseAsync(_storage);
    }

    [Theory]
    [InlineData("update audit set actor = 'somebody else'")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    public async Task The_audit_takes_nothing_back(string sql)
    {
        await _server!.CreateAsync("noted");
        await using var connection = new NpgsqlConnection(_storage);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_leaves_no_trace()
    {
        await _server!.CreateAsync("late");
        var stored = (await Catalog.FindAsync("late", Cancellation))!;
        var audit = new AuditEntry(stored.CreatedAt, "test", "started", "late", "{}");
        Assert.False(await Catalog.ReplaceAsync(stored with { Version = 9, Status = ExperimentStatus.Running }, expectedVersion: 7, audit, Cancellation));
        Assert.False(await Catalog.RemoveAsync("late", expectedVersion: 7, audit, Cancellation));
        Assert.False(await Catalog.AddAsync(stored, audit, Cancellation));
        Assert.Equal(ExperimentStatus.Draft, (await Catalog.FindAsync("late", Cancellation))!.Status);
        Assert.Equal("created", Assert.Single(await Catalog.AuditAsync("late", Cancellation)).Action);
    }

    [Fact]
    public async Task Experiments_are_listed_by_key_searched_and_continued()
    {
        foreach (var key in (string[])["b-two", "a", "b-one", "c"]) await _server!.CreateAsync(key);
        Assert.Equal(["a", "b-one", "b-two", "c"], await KeysAsync(new ExperimentQuery(null, null, 9, null)));
        Assert.Equal(["b-one", "b-two"], await KeysAsync(new ExperimentQuery(ExperimentStatus.Draft, "B-", 9, null)));
        Assert.Equal(["b-two"], await KeysAsync(new ExperimentQuery(null, null, 1, "b-one")));
        Assert.Empty(await KeysAsync(new ExperimentQuery(ExperimentStatus.Running, null, 9, null)));
        Assert.Empty(await KeysAsync(new ExperimentQuery(null, "%", 9, null)));
    }

    [Fact]
    public async Task Whether_there_is_a_key_can_be_asked_of_an_empty_database_and_of_one_that_is_away()
    {
        var empty = await cluster.CreateDatabaseAsync();
        await using (var engine = new PostgresEngine(empty)) Assert.False(engine.HasKey());
        await cluster.DropDatabaseAsync(empty);
        await using (var gone = new PostgresEngine(empty)) Assert.Throws<IOException>(() => gone.HasKey());
        await using var here = new PostgresEngine(_storage!);
        Assert.False(here.HasKey());
        var (secret, key) = KeySecrets.Create(AccessScope.Ingest, DateTimeOffset.UnixEpoch);
        await Catalog.AddKeyAsync(key, new AuditEntry(DateTimeOffset.UnixEpoch, "test", "key_created", null, "{}"), Cancellation);
        Assert.True(here.HasKey());
        Assert.Equal(key, await Catalog.FindKeyAsync(KeySecrets.Hash(secret), Cancellation));
        Assert.True(await Catalog.AnyKeyAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_is_on_disk_before_it_is_acknowledged_whatever_the_servers_default()
    {
        await using var careless = new NpgsqlConnection(_storage);
        await careless.ExecuteAsync($"alter database {careless.Database} set synchronous_commit = off");
        await using var engine = new PostgresEngine(_storage!);
        await using var connection = await engine.Postgres.OpenConnectionAsync(Cancellation);
        Assert.Equal("on", await connection.ExecuteScalarAsync<string>("show synchronous_commit"));
    }

    private async Task<IEnumerable<string>> KeysAsync(ExperimentQuery query) => (await Catalog.ListAsync(query, Cancellation)).Select(experiment => experiment.Key);
}
