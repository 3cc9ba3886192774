using Assay.Server.Storage;
using Assay.Server.Storage.Postgres;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>A database from before ids were 16 bytes.</summary>
[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresEventIdTests(PostgresCluster cluster) : IAsyncLifetime
{
    private static readonly string?[] Ids =
    [
        null, "", "abc", "Größe ☂", new string('x', 200), "c56a4180-65aa-42ec-a945-5fd21dec0538", "0190a6f2-7b1c-7d3e-8f00-123456789abc", "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff", "C56A4180-65AA-42EC-A945-5FD21DEC0538", "c56a418065aa42eca9455fd21dec0538", "{c56a4180-65aa-42ec-a945-5fd21dec0538}",
        "c56a4180-65aa-82ec-a945-5fd21dec0538", "c56a4180-65aa-42ec-a945-5fd21dec053g", "c56a4180-65aa-42ec-a945-5fd21dec0538 ", "c56a4180-65aa-42ec-a945-5fd21dec0538\n",
        "c56a4180-65aa-42ec-a945-5fd21dec0538\nc56a4180-65aa-42ec-a945-5fd21dec0538",
    ];

    private readonly PostgresStores _stores = new(cluster);

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Its_ids_become_what_they_are_stored_as_today()
    {
        await using var engine = new PostgresEngine(await _stores.StorageAsync("old"));
        await using (var connection = await engine.Postgres.OpenConnectionAsync())
        {
            await Migrations.ApplyAsync(connection, [.. Migrations.All("Postgres").Where(migration => migration.Number < 3)], TimeProvider.System, CancellationToken.None);
            await connection.ExecuteAsync(
                "insert into events (unit, batch, item, name, at, client_at, arrived_at, value, scope, id) values (1, 1, @item, 1, 1, null, 1, 1, 0, @id)",
                Ids.Select((id, item) => new { item, id }));
        }

        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        await using var migrated = await engine.Postgres.OpenConnectionAsync();
        Assert.Equal(
            Ids.Select(id => id is null ? (Guid?)null : EventId.Of(id)),
            await migrated.QueryAsync<Guid?>("select id from events order by item"));

        // They are still told apart: what is sent again meets its row.
        var again = Assert.Throws<PostgresException>(() => migrated.Execute(
            "insert into events (unit, batch, item, name, at, arrived_at, value, scope, id) values (2, 2, 0, 1, 1, 1, 1, 0, @id)", new { id = EventId.Of("abc") }));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, again.SqlState);
    }
}
