using System.Net;
using Assay.Server.Cli;
using Assay.Server.Storage;
using Assay.Server.Storage.Moving;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Events;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>Backups: of a server at work, refused when damaged, never half restored.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly MoveFolder _folder = new();

    [Fact]
    public async Task A_backup_of_a_server_that_takes_events_is_one_moment_of_it()
    {
        var storage = _folder.Storage("served");
        await using var server = await RunningServer.StartAsync(storage: storage);
        var (before, sent, watermark) = await BackupUnderLoad.TakeAsync(server, storage, _folder.File("backup"));

        Assert.Equal(0, (await Installation.RestoreAsync(_folder.File("backup"), _folder.Storage("restored"))).Exit);
        await using var restored = await RunningServer.StartAsync(storage: _folder.Storage("restored"));
        Assert.True((await restored.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
        Assert.InRange(await BackupUnderLoad.WatermarkAsync(restored), watermark, await BackupUnderLoad.WatermarkAsync(server));
        var loaded = await BackupUnderLoad.RowsAsync(restored) - BackupUnderLoad.Exposed;
        Assert.Equal(0, loaded % BackupUnderLoad.BatchSize);
        Assert.InRange(loaded / BackupUnderLoad.BatchSize, before, sent);

        // What was acknowledged after the moment is sent again, and then both are the same.
        for (var batch = 0; batch < sent; batch++) await BackupUnderLoad.SendAsync(restored, batch);
        Assert.Equal(await BackupUnderLoad.RowsAsync(server), await BackupUnderLoad.RowsAsync(restored));
    }

    [Fact]
    public async Task A_restored_installation_answers_the_same_moments_byte_by_byte()
    {
        await using var server = await RunningServer.StartAsync(storage: _folder.Storage("served"));
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", Samples.Arrival.AddHours(-6));
        await Tests.History.SendAsync(server, Tests.History.Of(60));
        await Installation.BackUpAsync(_folder.Storage("served"), _folder.File("backup"));
        Assert.Equal(0, (await Installation.RestoreAsync(_folder.File("backup"), _folder.Storage("restored"))).Exit);
        await using var restored = await RunningServer.StartAsync(storage: _folder.Storage("restored"));
        foreach (var path in (string[])["experiments/checkout", "experiments/checkout/moments", "experiments/checkout/ingestion"])
            Assert.Equal((await server.GetAsync(path)).GetRawText(), (await restored.GetAsync(path)).GetRawText());
    }

    [Fact]
    public async Task A_flipped_byte_is_refused_or_makes_no_difference()
    {
        var backup = await BackUpHistoryAsync();
        var rows = await Installation.DumpAsync(_folder.Storage("history"));
        var bytes = await File.ReadAllBytesAsync(backup);
        var refused = 0;
        for (var (at, i) = (7, 0); at < bytes.Length; at += 2_477, i++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x55;
            await File.WriteAllBytesAsync(_folder.File("damaged"), damaged);
            var (exit, _, errors) = await Installation.RestoreAsync(_folder.File("damaged"), _folder.Storage($"d{i}"));
            if (exit == 0) Assert.Equal(rows, await Installation.DumpAsync(_folder.Storage($"d{i}")));
            else Assert.Equal((2, false), (exit, File.Exists(_folder.File($"d{i}.db"))));
            if (exit != 0) Assert.StartsWith("assay: ", errors, StringComparison.Ordinal);
            refused += exit == 0 ? 0 : 1;
        }

        Assert.True(refused > 0, "No damage was found.");
    }

    [Fact]
    public async Task A_changed_letter_of_a_property_is_refused()
    {
        var backup = await BackUpHistoryAsync();
        var bytes = await File.ReadAllBytesAsync(backup);
        var at = bytes.AsSpan().IndexOf("\"kind\":\"a\""u8);
        bytes[at + 8]++;
        await File.WriteAllBytesAsync(backup, bytes);
        var (exit, _, errors) = await Installation.RestoreAsync(backup, _folder.Storage("restored"));
        Assert.Equal(2, exit);
        Assert.Contains("The backup is damaged, or was changed since it was made: events", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("restored.db")));
    }

    [Fact]
    public async Task An_installation_whose_accumulators_are_not_what_its_rows_add_up_to_is_not_backed_up()
    {
        await BackUpHistoryAsync();
        using (var database = new EventDatabase(_folder.Storage("history")))
        {
            database.Execute(
                """
                update accumulators set sums = (select other.sums from accumulators other where other.metric = accumulators.metric and other.sums <> accumulators.sums)
                where exists (select 1 from accumulators other where other.metric = accumulators.metric and other.sums <> accumulators.sums)
                """);
            Assert.NotEqual(0, database.Number("select changes()"));
        }

        var (exit, _, errors) = await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", _folder.Storage("history"), "--out", _folder.File("wrong"));
        Assert.Equal(2, exit);
        Assert.Contains("are not what its rows add up to", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("wrong")) || File.Exists(_folder.File("wrong.part")));
    }

    [Fact]
    public async Task Accumulators_that_cannot_be_read_are_refused_in_words()
    {
        await BackUpHistoryAsync();
        using (var database = new EventDatabase(_folder.Storage("history"))) database.Execute("update accumulators set sums = x'0102'");
        var (exit, _, errors) = await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", _folder.Storage("history"), "--out", _folder.File("wrong"));
        Assert.Equal(2, exit);
        Assert.Contains("The stored statistics cannot be read", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_backups_to_one_name_the_second_is_refused()
    {
        await BackUpHistoryAsync();
        using var first = SqlitePlace.OfBackup(_folder.File("both"), force: false);
        var (exit, _, errors) = await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", _folder.Storage("history"), "--out", _folder.File("both"));
        Assert.Equal(2, exit);
        Assert.Contains("both.part.lock", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_without_its_file_is_not_played_into_what_is_restored()
    {
        var backup = await BackUpHistoryAsync();
        await File.WriteAllTextAsync(_folder.File("restored.db-wal"), "left behind");
        var (exit, _, errors) = await Installation.RestoreAsync(backup, _folder.Storage("restored"));
        Assert.Equal(2, exit);
        Assert.Contains("restored.db-wal is there", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("restored.db")));
    }

    [Fact]
    public async Task A_file_is_replaced_only_when_that_is_asked_for()
    {
        var backup = await BackUpHistoryAsync();
        var before = await File.ReadAllBytesAsync(backup);
        var (exit, _, errors) = await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", _folder.Storage("history"), "--out", backup);
        Assert.Equal(2, exit);
        Assert.Contains("--force", errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(backup));
        await using (var store = new SqliteEventStore(_folder.Storage("history")))
            await Installation.PlayAsync(store, [new Arrival(null, History.Start, null, new EventItem(0, "new", "buy", 1, History.Start, null, "new", null, null), null)]);
        Assert.Equal(0, (await Cli.Terminal.RunAsync(BackupCommand.Create(), "--storage", _folder.Storage("history"), "--out", backup, "--force")).Exit);
        Assert.Equal(0, (await Installation.RestoreAsync(backup, _folder.Storage("restored"))).Exit);
        Assert.Equal(await Installation.DumpAsync(_folder.Storage("history")), await Installation.DumpAsync(_folder.Storage("restored")));
    }

    [Fact]
    public async Task What_is_no_backup_and_what_is_not_there_are_refused_and_nothing_is_made()
    {
        await BackUpHistoryAsync();
        await File.WriteAllTextAsync(_folder.File("text"), new string('x', 5_000));
        foreach (var (file, says) in ((string, string)[])[("history.db", "is no backup"), ("text", "not a database"), ("absent", "There is no backup at")])
        {
            var (exit, _, errors) = await Installation.RestoreAsync(_folder.File(file), _folder.Storage("restored"));
            Assert.Equal(2, exit);
            Assert.Contains(says, errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_folder.File("restored.db")) || File.Exists(_folder.File("absent")));
    }

    [Fact]
    public async Task A_file_that_a_server_has_is_not_restored_into()
    {
        var backup = await BackUpHistoryAsync();
        await using var server = await RunningServer.StartAsync(storage: _folder.Storage("served"));
        var (exit, _, errors) = await Installation.RestoreAsync(backup, _folder.Storage("served"));
        Assert.Equal(2, exit);
        Assert.Contains("in use by another server", errors, StringComparison.Ordinal);
        using var answer = await server.Client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_backup_of_other_tables_is_refused_in_words()
    {
        var backup = await BackUpHistoryAsync();
        using (var database = new EventDatabase($"Data Source={backup}")) database.Execute("insert into schema_version (number, name, applied_at) values (99, 'later', 0)");
        var (exit, _, errors) = await Installation.RestoreAsync(backup, _folder.Storage("restored"));
        Assert.Equal(2, exit);
        Assert.Contains("of a newer Assay (version 99", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A backup of a small history in every table.</summary>
    private async Task<string> BackUpHistoryAsync()
    {
        await Installation.BeginAsync(_folder.Storage("history"));
        await using (var store = new SqliteEventStore(_folder.Storage("history")))
        {
            foreach (var view in History.Views) await store.OpenAsync(view, History.Origin, CancellationToken.None);
            await Installation.PlayAsync(store, Enumerable.Range(0, 120).Select(Item));
        }

        await Installation.BackUpAsync(_folder.Storage("history"), _folder.File("backup"));
        return _folder.File("backup");
    }

    private static Arrival Item(int i) => (i % 3) switch
    {
        0 => new Arrival("one", History.Start, new ExposureItem(i, $"u{i / 3}", i % 2, History.Start + i, null, i % 6 == 0 ? $"x{i}" : null, """{"c":"d"}""", "web"), null, null),
        1 => new Arrival(null, History.Start, null, new EventItem(i, $"u{i / 3}", i % 2 == 0 ? "buy" : "refund", i * 0.1, History.Start + (12 * History.Hour) + i, History.Start, Guid.CreateVersion7(History.Origin).ToString(), null, """{"kind":"a"}"""), null),
        _ => new Arrival("one", History.Start, null, null, new CovariateItem(i, $"u{i / 3}", "x", i)),
    };
}
