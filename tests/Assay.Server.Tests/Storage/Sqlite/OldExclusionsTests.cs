using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Storage.Moving;

namespace Assay.Server.Tests.Storage.Sqlite;

/// <summary>A file whose exclusions told one commit each: the one that made them, or, when lifted, the one that lifted them.</summary>
public sealed class OldExclusionsTests : IDisposable
{
    public const string Rows =
        """
        insert into commits (batch, watermark, committed_at) values (1, 1, 100), (2, 2, 200), (3, 3, 300), (4, 4, 400);
        insert into exclusions (unit, experiment, reason, since, lifted_at, watermark) values
          (1, 0, 'a bot', 200, null, 2), (1, 7, null, 100, 300, 3), (2, 0, 'x', 200, 400, 4), (3, 0, null, 250, 400, 4);
        insert into erasures (watermark, unit, at) values (3, 9, 300);
        """;

    private readonly MoveFolder _folder = new();

    /// <summary>What becomes of them. Of the last nobody knows any more which commit made it.</summary>
    public static IEnumerable<string> Migrated { get; } =
    [
        "exclusions: 1|0|a bot|200|2|∅|∅",
        "exclusions: 1|7|∅|100|1|300|3",
        "exclusions: 2|0|x|200|2|400|4",
        "exclusions: 3|0|∅|250|0|400|4",
        "erasures: 3|9|300",
        "commits: 1|1|100",
        "commits: 2|2|200",
        "commits: 3|3|300",
        "commits: 4|4|400",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_tell_both_commits_when_the_file_is_next_served()
    {
        var storage = _folder.Storage("old");
        await using (var source = new SqliteSource(storage))
        {
            await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await Migrations.ApplyAsync(connection, [.. Migrations.All().Where(migration => migration.Number < 5)], TimeProvider.System, CancellationToken.None);
        }

        using (var database = new EventDatabase(storage))
        {
            // Packed when it was served, as every file of that version.
            foreach (var table in (string[])["old_exposures", "old_events", "old_covariates"]) database.Execute($"drop table {table}");
            foreach (var statement in Rows.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) database.Execute(statement);
        }

        await SqliteEngine.MigrateAsync(storage, TimeProvider.System, CancellationToken.None);
        Assert.Equal(Migrated, await Installation.DumpAsync(storage));
    }
}
