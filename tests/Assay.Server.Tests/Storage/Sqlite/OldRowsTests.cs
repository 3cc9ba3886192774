using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Storage.Moving;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>A file from before there were runs.</summary>
public sealed class OldRowsTests : IDisposable
{
    private const string Rows =
        """
        insert into units (unit, hash, user_id) values (1, 11, 'u1'), (3, 33, 'ü ☂');
        insert into names (name, text, last_at) values (1, 'buy', 2000), (2, 'x', null);
        insert into experiment_views (experiment, key) values (7, 'one');
        insert into exposures (unit, batch, item, experiment, variation, at, client_offset, delay, id_hash, id, attributes, source) values
          (1, 1, 0, 7, 1, 1000, null, 5, null, null, '{"country":"DE"}', 'sdk'), (3, 1, 1, 7, -1, 1001, -17, 4, 5, 'x-1', null, null);
        insert into events (unit, batch, item, name, at, client_offset, delay, value, scope, id_hash, id, properties) values
          (1, 2, 0, 1, 2000, 0, 6, 2.5, null, 9, x'c56a418065aa42eca9455fd21dec0538', null), (1, 2, 1, 1, 1500, null, 506, 0.1, 7, 9, 'abc', '{"k":1}'), (3, 2, 2, 1, 900, null, 1, -3, null, null, null, null);
        insert into covariates (unit, experiment, name, batch, value) values (3, 7, 2, 1, 4.25);
        insert into commits (batch, watermark, committed_at) values (1, 1, 1100), (2, 2, 2100);
        """;

    private readonly MoveFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_rows_are_packed_when_it_is_next_served_and_their_ids_are_known()
    {
        var storage = _folder.Storage("old");
        await FillAsync(storage);
        await SqliteEngine.MigrateAsync(storage, TimeProvider.System, CancellationToken.None);
        await SqliteEngine.MigrateAsync(storage, TimeProvider.System, CancellationToken.None);
        Assert.Equal(
        [
            "units: 1|u1",
            "units: 3|ü ☂",
            "names: 1|buy|2000",
            "names: 2|x|∅",
            "experiment_views: 7|one|∅|0|∅|0|0|0|∅",
            "exposures: 1|1|0|7|1|1000|∅|1005|∅|{\"country\":\"DE\"}|sdk",
            "exposures: 3|1|1|7|-1|1001|984|1005|x-1|∅|∅",
            "events: 1|2|0|1|2000|2000|2006|2.5|0|c56a4180-65aa-42ec-a945-5fd21dec0538|∅|∅",
            "events: 1|2|1|1|1500|∅|2006|0.1|7|ba7816bf-8f01-8fea-8141-40de5dae2223|{\"k\":1}|∅",
            "events: 3|2|2|1|900|∅|901|-3|0|∅|∅|∅",
            "covariates: 3|7|2|1|4.25",
            "commits: 1|1|1100",
            "commits: 2|2|2100",
        ],
        await Installation.DumpAsync(storage));

        await using var store = new SqliteEventStore(storage);
        var outcomes = await store.CommitAsync(
        [
            new Batch(null, 3000) { Events = [new EventItem(0, "u1", "buy", 2.5, 2000, 2000, "c56a4180-65aa-42ec-a945-5fd21dec0538", null, null)] },
            new Batch("one", 3000)
            {
                Exposures = [new ExposureItem(0, "ü ☂", -1, 1001, 984, "x-1", null, null)],
                Events = [new EventItem(1, "u1", "buy", 0.1, 1500, null, "abc", "one", """{"k":1}"""), new EventItem(2, "u1", "buy", 0.2, 1500, null, "abc", "one", null)],
            },
        ],
        History.Origin, CancellationToken.None);
        Assert.Equal([ItemFate.Duplicate], outcomes[0].Fates);
        Assert.Equal([ItemFate.Duplicate, ItemFate.Duplicate, ItemFate.Conflict], outcomes[1].Fates);
    }

    private static async Task FillAsync(string storage)
    {
        await using var source = new SqliteSource(storage);
        await using (var connection = await source.OpenConnectionAsync())
            await Migrations.ApplyAsync(connection, [.. Migrations.All().Where(migration => migration.Number < 3)], TimeProvider.System, CancellationToken.None);
        using var database = new EventDatabase(storage);
        foreach (var statement in Rows.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) database.Execute(statement);
    }
}
