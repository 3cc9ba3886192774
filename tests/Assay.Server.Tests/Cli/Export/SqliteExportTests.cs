using Assay.Server.Cli;
using Assay.Server.Tests.Storage.Moving;

namespace Assay.Server.Tests.Cli.Export;

public sealed class SqliteExportTests : ExportContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-export-");

    private string File => Path.Combine(_folder.FullName, "assay.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private protected override Task<string> StorageAsync() => Task.FromResult($"Data Source={File}");

    [Fact]
    public async Task What_cannot_be_exported_is_refused_and_leaves_nothing_behind()
    {
        var storage = await StorageAsync();
        await RefusedAsync("There is no database at", "checkout", "--storage", storage);
        Assert.Empty(_folder.EnumerateFiles());

        await using var server = await StartAsync(storage);
        await server.CreateAsync("draft");
        await RefusedAsync("no experiment 'unknown'", "unknown", "--storage", storage);
        var file = Path.Combine(_folder.FullName, "units.csv");
        await RefusedAsync("never been started", "draft", "--storage", storage, "--out", file);
        await RefusedAsync("Could not find a part of the path", "checkout", "--storage", storage, "--out", Path.Combine(_folder.FullName, "none", "units.csv"));
        Assert.Empty(_folder.EnumerateFiles("units*"));
    }

    [Fact]
    public async Task What_is_read_is_left_as_it_was()
    {
        var storage = await StorageAsync();
        var backup = Path.Combine(_folder.FullName, "backup");
        await using (await StartAsync(storage)) await Installation.BackUpAsync(storage, backup);
        var bytes = await System.IO.File.ReadAllBytesAsync(backup, TestContext.Current.CancellationToken);
        var files = _folder.EnumerateFiles("backup*").Count();
        var units = await ExportAsync("checkout", "--storage", $"Data Source={backup}");
        Assert.NotEmpty(units);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(backup, TestContext.Current.CancellationToken));
        Assert.Equal(files, _folder.EnumerateFiles("backup*").Count());

        // And of an installation that nobody serves.
        var stored = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        Assert.Equal(units, await ExportAsync("checkout", "--storage", storage));
        Assert.Equal(stored, await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SciPy_comes_to_the_same_numbers()
    {
        var python = await Python.FindWithSciPyAsync();
        Assert.SkipWhen(python is null, "Python with SciPy is not here.");
        var storage = await StorageAsync();
        await using var server = await StartAsync(storage);
        var (units, readout) = (Path.Combine(_folder.FullName, "units.csv"), Path.Combine(_folder.FullName, "live-stats.json"));
        await ExportAsync("checkout", "--storage", storage, "--out", units);
        await System.IO.File.WriteAllTextAsync(readout, (await server.GetAsync("experiments/checkout/live-stats")).GetRawText(), TestContext.Current.CancellationToken);
        var script = Path.Combine(Terminal.Repository, "samples", "python", "rederive.py");
        var (exit, output) = await Python.RunAsync(python!, script, units, readout);
        Assert.True(exit == 0, output);
        Assert.Contains("purchase: pooled z", output, StringComparison.Ordinal);
        Assert.Contains("revenue: Welch", output, StringComparison.Ordinal);

        // And to others when a value is changed.
        var lines = await System.IO.File.ReadAllLinesAsync(units, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllLinesAsync(units, lines[..^20], TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Python.RunAsync(python!, script, units, readout)).Exit);
    }

    private async Task RefusedAsync(string why, params string[] arguments)
    {
        var (exit, output, errors) = await Terminal.RunAsync(ExportCommand.Create(Time), arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }
}
