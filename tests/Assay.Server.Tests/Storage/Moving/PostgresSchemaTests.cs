using Assay.Server.Storage;
using Assay.Server.Storage.Moving;
using Assay.Server.Storage.Postgres;
using Assay.Server.Tests.Storage.Postgres;
using Dapper;

namespace Assay.Server.Tests.Storage.Moving;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PostgresCluster cluster) : SchemaContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Every_column_has_the_type_that_is_copied()
    {
        var stored = await ReadAsync<(string Table, string Column, string Type)>("select table_name, column_name, data_type");
        foreach (var table in Tables.All)
            foreach (var column in table.Columns)
                Assert.Contains((table.Name, column.Name, TypeOf(column.Type)), stored);
    }

    [Fact]
    public async Task Exclusions_of_before_tell_both_commits_when_they_are_migrated()
    {
        var storage = await _stores.StorageAsync("old");
        await using (var engine = new PostgresEngine(storage))
        {
            await using var connection = await engine.Source.OpenConnectionAsync();
            await Migrations.ApplyAsync(connection, [.. Migrations.All("Postgres").Where(migration => migration.Number < 5)], TimeProvider.System, CancellationToken.None);
            await connection.ExecuteAsync(Sqlite.OldExclusionsTests.Rows);
            await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        }

        Assert.Equal(Sqlite.OldExclusionsTests.Migrated, await Installation.DumpAsync(storage));
    }

    [Fact]
    public async Task Numbers_that_the_database_gives_go_on_after_those_that_were_moved()
    {
        var (here, there) = (await _stores.StorageAsync("here"), await _stores.StorageAsync("there"));
        await Installation.BeginAsync(here);
        await using (var store = await Installation.OpenAsync(here))
        {
            foreach (var view in History.Views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
            await Installation.PlayAsync(store, [Exposed("a"), Exposed("b"), Bought("a")]);
        }

        await Installation.CopyAsync(here, there);
        await using var engine = new PostgresEngine(there);
        await using var connection = await engine.Source.OpenConnectionAsync();
        var identities = (await connection.QueryAsync<(string Table, string Column)>(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'")).AsList();
        Assert.True(identities.Count >= 4);
        foreach (var (table, column) in identities)
        {
            var last = await connection.ExecuteScalarAsync<long>($"select max({column}) from {table}");
            Assert.True(last > 0, table);
            Assert.Equal(last + 1, await connection.ExecuteScalarAsync<long>($"select nextval(pg_get_serial_sequence('{table}', '{column}'))"));
        }
    }

    private protected override IEnumerable<string> Own => ["schema_version.*", "audit_turn.*", "installation.*", "experiment_views.revision"];

    private protected override IEnumerable<string> Columns(Table table) => table.Columns.Select(column => column.Name);

    private protected override async Task<IReadOnlyList<string>> MigratedAsync() => await ReadAsync<string>("select table_name || '.' || column_name");

    private async Task<List<T>> ReadAsync<T>(string select)
    {
        await using var engine = new PostgresEngine(await _stores.StorageAsync("empty"));
        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        await using var connection = await engine.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<T>($"{select} from information_schema.columns where table_schema = current_schema()")).AsList();
    }

    private static Arrival Exposed(string user) => new("one", History.Start, new ExposureItem(0, user, 0, History.Start, null, null, null, null), null, null);

    private static Arrival Bought(string user) => new(null, History.Start, null, new EventItem(0, user, "buy", 1, History.Start, null, null, null, null), null);

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Integer => "integer",
        ColumnType.Bigint => "bigint",
        ColumnType.Real => "double precision",
        ColumnType.Bytes => "bytea",
        ColumnType.Uuid => "uuid",
        _ => "text",
    };
}
