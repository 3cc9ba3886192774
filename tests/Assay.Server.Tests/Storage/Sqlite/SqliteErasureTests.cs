using System.Text;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Storage.Sqlite.Runs;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteErasureTests : EventStoreAssertions
{
    private const int Commits = 400, UnitsOfACommit = 8;

    [Fact]
    public async Task Nothing_of_the_person_is_left_in_the_file_or_its_journal_and_everybody_else_is()
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        await using (var store = await FilledAsync(file))
        {
            Assert.True(Holds(file, "Ada"));
            var before = store.Read("one")!;
            var erased = await store.EraseAsync("Ada Lovelace", "tester", History.Origin, CancellationToken.None);
            Assert.Equal(new ErasedRows(1, Commits / 4, 0), erased!.Rows);
            Assert.False(Holds(file, "Ada"));
            Assert.True(Holds(file, "other-17"));
            var after = store.Read("one")!;
            Assert.True(before.Accumulators.Values.Sum(sum => sum.Count) > after.Accumulators.Values.Sum(sum => sum.Count));
            AssertSameSums(after, (await store.RecomputeAsync("one", CancellationToken.None))!);
            Assert.Equal(Commits * UnitsOfACommit, EventsIn(file));

            // Merges go on with what is left.
            for (var i = Commits; i < Commits + 100; i++) await store.CommitAsync([Batch(i)], History.Origin, CancellationToken.None);
            AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
        }

        await using var reopened = new SqliteEventStore(file.ConnectionString);
        AssertSameSums(reopened.Read("one")!, (await reopened.RecomputeAsync("one", CancellationToken.None))!);
        Assert.Equal(1, reopened.Read("one")!.Erased);
        Assert.Null(await reopened.EraseAsync("Ada Lovelace", "tester", History.Origin, CancellationToken.None));
        Assert.False(Holds(file, "Ada"));
    }

    [Fact]
    public async Task Everybody_can_be_erased_one_after_the_other_whatever_is_being_merged()
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        await using var store = await FilledAsync(file);
        var rows = Enumerable.Range(0, 40).ToDictionary(i => $"other-{i}", _ => Commits * UnitsOfACommit / 40);
        for (var i = 0; i < 40; i++)
        {
            var erased = await store.EraseAsync($"other-{i}", "tester", History.Origin, CancellationToken.None);
            Assert.Equal(rows[$"other-{i}"], erased!.Rows.Events);
            Assert.False(Holds(file, $"\"other-{i}\""));
            if (i % 5 == 0)
            {
                var more = Batch(Commits + i);
                await store.CommitAsync([more], History.Origin, CancellationToken.None);
                foreach (var item in more.Events) rows[item.UserId]++;
            }

            if (i % 10 == 9) AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
        }

        Assert.Equal(40, store.Read("one")!.Erased);
    }

    [Fact]
    public async Task An_erasure_that_fails_has_erased_nothing_and_is_done_the_next_time()
    {
        using var file = await StoreFile.CreateAsync();
        await using var store = await FilledAsync(file);
        var before = store.Read("one")!;
        await ExecuteAsync(file, "create trigger full before insert on commits begin select raise(rollback, 'disk full'); end");
        await Assert.ThrowsAsync<SqliteException>(() => store.EraseAsync("Ada Lovelace", "tester", History.Origin, CancellationToken.None));
        Assert.Equal(before, store.Read("one"));
        await ExecuteAsync(file, "drop trigger full");
        AssertSameSums(before, (await store.RecomputeAsync("one", CancellationToken.None))!);
        Assert.Equal(Commits / 4, (await store.EraseAsync("Ada Lovelace", "tester", History.Origin, CancellationToken.None))!.Rows.Events);
        AssertSameSums(store.Read("one")!, (await store.RecomputeAsync("one", CancellationToken.None))!);
    }

    [Fact]
    public async Task While_somebody_reads_an_older_commit_the_journal_is_kept_and_emptied_after()
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        await using var store = await FilledAsync(file);
        using (var reader = EventDatabase.Reading(file.ConnectionString))
        {
            reader.Execute("begin");
            reader.Number("select count(*) from units");
            await store.EraseAsync("Ada Lovelace", "tester", History.Origin, CancellationToken.None);
            await store.CommitAsync([Batch(Commits)], History.Origin, CancellationToken.None);
            Assert.True(Holds(file, "Ada"));
        }

        await store.CommitAsync([Batch(Commits + 1)], History.Origin, CancellationToken.None);
        Assert.False(Holds(file, "Ada"));
    }

    private static async Task<SqliteEventStore> FilledAsync(StoreFile file)
    {
        var store = new SqliteEventStore(file.ConnectionString, keepsEventIds: true);
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        for (var i = 0; i < Commits; i++) await store.CommitAsync([Batch(i)], History.Origin, CancellationToken.None);
        return store;
    }

    /// <summary>A commit of forty units' rows, and in every fourth those of one more.</summary>
    private static Batch Batch(int number)
    {
        var users = Enumerable.Range(number * UnitsOfACommit, UnitsOfACommit).Select(i => $"other-{i % 40}").ToList();
        if (number < Commits && number % 4 == 0) users.Add("Ada Lovelace");
        return new Batch("one", History.Start)
        {
            Exposures = [.. users.Where(_ => number < 20).Select((user, i) => new ExposureItem(i, user, i % 2, History.Start, null, null, $$"""{"name":"{{user}}"}""", user))],
            Events = [.. users.Select((user, i) => new EventItem(i, user, i % 3 == 0 ? "unused" : "buy", number * 0.1, History.Start + number, null, $"{user} {number}", null, Said(user)))],
        };
    }

    /// <summary>Of her so much that every merge leaves pages of it that are free.</summary>
    private static string Said(string user) => $$"""{"of":"{{user}}"{{(user[0] == 'A' ? $",\"at length\":\"{string.Concat(Enumerable.Repeat("Ada ", 1_500))}\"" : "")}}}""";

    /// <summary>Whether the bytes of a text are anywhere in the file or what belongs to it.</summary>
    private static bool Holds(StoreFile file, string text)
    {
        var path = new SqliteConnectionStringBuilder(file.ConnectionString).DataSource;
        foreach (var name in (ReadOnlySpan<string>)[path, $"{path}-wal"])
        {
            if (!File.Exists(name)) continue;
            using var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) return true;
        }

        return false;
    }

    private static long EventsIn(StoreFile file)
    {
        using var database = EventDatabase.Reading(file.ConnectionString);
        using var scan = new RunScan(database, RunKind.Rows);
        var events = 0L;
        for (; scan.Key is not null; scan.Advance())
            for (var place = 0; place < scan.Content.Length;)
                if (RowPacking.Read(scan.Content, ref place).Kind == RowKind.Event) events++;
        return events;
    }

    private static async Task ExecuteAsync(StoreFile file, string sql)
    {
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.ExecuteAsync(sql);
    }
}
