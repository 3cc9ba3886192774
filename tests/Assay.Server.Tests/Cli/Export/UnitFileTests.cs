using System.Text.Json.Nodes;
using Assay.Server.Cli.Export;

namespace Assay.Server.Tests.Cli.Export;

public sealed class UnitFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-export-");

    private string Units => Path.Combine(_folder.FullName, "units.csv");

    private string Facts => UnitFile.FactsOf(Units);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Units_and_their_facts_are_replaced_together()
    {
        foreach (var commit in (long[])[1, 2])
        {
            await WriteAsync(commit);
            Assert.Equal($"units of {commit}", await ReadAsync(Units));
            Assert.Equal(Of(commit).ToJson(), await ReadAsync(Facts));
            Assert.Equal(2, _folder.EnumerateFileSystemInfos().Count());
        }
    }

    [Fact]
    public async Task Facts_that_cannot_be_told_leave_no_older_units_beside_them()
    {
        await WriteAsync(1);
        await Refused(() => WriteAsync(2, () => Obstruct(Facts)));
        Assert.Equal([Facts], _folder.EnumerateFileSystemInfos().Select(found => found.FullName));
    }

    [Fact]
    public async Task Units_that_cannot_be_replaced_keep_their_facts()
    {
        await WriteAsync(1);
        await Refused(() => WriteAsync(2, () => Obstruct(Units)));
        Assert.Equal(Of(1).ToJson(), await ReadAsync(Facts));
        Assert.Equal(2, _folder.EnumerateFileSystemInfos().Count());
    }

    [Fact]
    public async Task Of_two_exports_to_one_name_the_second_is_refused()
    {
        var refused = false;
        await UnitFile.WriteAsync(Units, async target =>
        {
            await target.WriteAsync("units of 1");
            await Assert.ThrowsAsync<IOException>(() => WriteAsync(2));
            refused = true;
            return Of(1);
        });
        Assert.True(refused);
        Assert.Equal("units of 1", await ReadAsync(Units));
        Assert.Equal(Of(1).ToJson(), await ReadAsync(Facts));
    }

    private Task<ExportFacts?> WriteAsync(long commit, Action? before = null) => UnitFile.WriteAsync(Units, async target =>
    {
        await target.WriteAsync($"units of {commit}");
        before?.Invoke();
        return Of(commit);
    });

    private static async Task Refused(Func<Task> write)
    {
        var failure = await Record.ExceptionAsync(write);
        Assert.True(failure is IOException or UnauthorizedAccessException, $"{failure}");
    }

    /// <summary>Puts something in the place of a file that no file can replace.</summary>
    private static void Obstruct(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(Path.Combine(path, "full"));
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static ExportFacts Of(long commit) => new("checkout", "running", 1, 1, null, null, null, DateTimeOffset.UnixEpoch, commit, 0, new JsonObject());
}
