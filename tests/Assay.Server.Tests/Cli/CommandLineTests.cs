using System.Diagnostics;
using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-").FullName;

    [Fact]
    public async Task A_created_key_is_printed_alone_and_works()
    {
        var (code, output, errors) = await RunAsync("keys", "create", "--scope", "ingest");
        Assert.Equal(0, code);
        Assert.Contains("from now on every page and the API need one. Warning: it only sends events, and no key that may read exists yet", errors, StringComparison.Ordinal);
        var secret = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await using var source = new SqliteSource($"Data Source={Path.Combine(_folder, "assay.db")}");
        var key = await new SqlCatalog(source).FindKeyAsync(KeySecrets.Hash(secret), TestContext.Current.CancellationToken);
        Assert.Equal(AccessScope.Ingest, key!.Scope);
        Assert.DoesNotContain("first key", (await RunAsync("keys", "create", "--scope", "read")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys create --scope everything", "everything")]
    [InlineData("keys create", "--scope")]
    [InlineData("serve --bogus", "--bogus")]
    [InlineData("export checkout --format xlsx", "xlsx")]
    [InlineData("export checkout", "assay.db; --storage names another")]
    [InlineData("audit verify", "assay.db; --storage names another")]
    [InlineData("backup --out b", "assay.db; --storage names another")]
    [InlineData("copy --from Data_Source=gone.db --to Host=localhost", "gone.db; --from names another")]
    [InlineData("restore absent", "There is no backup at")]
    [InlineData("copy --from Host=localhost;Bogus=1 --to Host=localhost", "not a connection string")]
    [InlineData("serve --storage Host=localhost;Bogus=1", "not a connection string")]
    [InlineData("serve --events clickhouse://localhost", "not supported yet")]
    [InlineData("serve --urls nonsense", "nonsense")]
    [InlineData("serve --urls http://0.0.0.0:0", "no key exists")]
    [InlineData("demo --urls http://0.0.0.0:0", "no key exists")]
    public async Task Wrong_input_ends_with_2_and_a_word_on_stderr(string arguments, string says)
    {
        var (code, output, errors) = await RunAsync([.. arguments.Split(' ').Select(argument => argument.Replace('_', ' '))]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_file_that_another_server_has_is_refused_and_still_takes_keys()
    {
        using var other = new StorageLock($"Data Source={Path.Combine(_folder, "assay.db")}");
        other.Take();
        var (code, output, errors) = await RunAsync("serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("in use by another server", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("keys", "create", "--scope", "ingest")).Code);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("export --help")]
    [InlineData("keys --help")]
    [InlineData("audit verify --help")]
    [InlineData("backup --help")]
    [InlineData("restore --help")]
    [InlineData("copy --help")]
    [InlineData("keys create --help")]
    public async Task Every_command_explains_itself(string arguments)
    {
        var (code, output, _) = await RunAsync(arguments.Split(' '));
        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_of_its_own_proves_the_audit_of_a_server_that_runs()
    {
        var storage = $"Data Source={Path.Combine(_folder, "proven.db")}";
        await using var server = await RunningServer.StartAsync(storage: storage);
        await server.CreateAsync("decided");
        await server.BeginAsync("decided");
        await server.RecordAsync("experiments/decided/decide", """{"decision":"ship","variation_index":1,"reason":"The law asks for it."}""");
        var (code, output, errors) = await RunAsync("audit", "verify", "--storage", storage);
        Assert.True(code == 0, output + errors);
        Assert.StartsWith("3 entries: the chain holds", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The built executable, in a folder of its own.</summary>
    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
