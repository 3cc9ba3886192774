using System.Diagnostics;
using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Storage.Moving;
using Assay.Server.Tests.Storage.Postgres;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Crash;

/// <summary>kill −9 in the middle of a restore: nothing of it is served, and the next one does all of it.</summary>
[Trait("Ring", "crash")]
public sealed class RestoreKillTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>, IDisposable
{
    private const int Events = 300_000;
    private readonly MoveFolder _folder = new();

    [Fact]
    public async Task A_file_is_there_whole_or_not_at_all()
    {
        var backup = await BackUpAsync();
        var target = _folder.File("restored.db");
        using (var restore = Start(backup, _folder.Storage("restored")))
        {
            // What it writes stays in memory until the end: the file's size would tell only that it is nearly done.
            await Wait.UntilAsync(() => new FileInfo($"{target}.part") is { Exists: true, Length: > 0 });
            await KillAsync(restore);
        }

        Assert.True(new FileInfo(target) is { Exists: false } or { Length: 0 });
        await RestoreAndCompareAsync(backup, _folder.Storage("restored"));
        Assert.False(File.Exists($"{target}.part"));
    }

    [Fact]
    [Trait("Ring", "postgres")]
    public async Task A_database_is_filled_or_empty()
    {
        cluster.SkipUnlessHere();
        var backup = await BackUpAsync();
        var storage = await cluster.CreateDatabaseAsync();
        await using (var watching = new NpgsqlConnection($"{storage};Pooling=false"))
        {
            using (var restore = Start(backup, storage))
            {
                await Wait.UntilAsync(async () => await watching.ExecuteScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and query like 'copy events%'") > 0);
                await KillAsync(restore);
            }

            await Wait.UntilAsync(async () => await watching.ExecuteScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()") == 0);
        }

        Assert.Empty(await Installation.DumpAsync(storage));
        await RestoreAndCompareAsync(backup, storage);
        await cluster.DropDatabaseAsync(storage);
    }

    public void Dispose() => _folder.Dispose();

    private async Task RestoreAndCompareAsync(string backup, string storage)
    {
        Assert.Equal((0, ""), await Installation.RestoreAsync(backup, storage) is var (exit, _, errors) ? (exit, errors) : default);
        Assert.Equal(await Installation.DumpAsync(_folder.Storage("history")), await Installation.DumpAsync(storage));
    }

    /// <summary>A backup that takes a while to restore.</summary>
    private async Task<string> BackUpAsync()
    {
        await Installation.BeginAsync(_folder.Storage("history"));
        await using (var store = new SqliteEventStore(_folder.Storage("history")))
        {
            var events = Enumerable.Range(0, Events).Select(i => new EventItem(i, $"u{i % 997}", "buy", i, Storage.History.Start + i, null, $"e{i}", null, null));
            await store.CommitAsync([new Batch(null, Storage.History.Start) { Events = [.. events] }], Storage.History.Origin, CancellationToken.None);
        }

        await Installation.BackUpAsync(_folder.Storage("history"), _folder.File("backup"));
        return _folder.File("backup");
    }

    private static Process Start(string backup, string storage) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "assay.exe" : "assay"), ["restore", backup, "--storage", storage])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static async Task KillAsync(Process restore)
    {
        restore.Kill(entireProcessTree: true);
        await restore.WaitForExitAsync();
        Assert.NotEqual(0, restore.ExitCode);
    }
}
