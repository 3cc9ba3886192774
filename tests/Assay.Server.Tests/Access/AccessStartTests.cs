using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Access;

public sealed class AccessStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-").FullName;

    [Fact]
    public async Task Beyond_loopback_the_server_starts_only_when_a_key_exists()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new AssayOptions($"Data Source={Path.Combine(_folder, "assay.db")}", [new Uri("http://0.0.0.0:0")]);
        await using (var open = Program.Build(options, Silence.Logs))
        {
            await Assert.ThrowsAsync<OpenAddressException>(() => open.StartAsync(cancellation));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "assay.db"), [], cancellation);
        await using (var empty = Program.Build(options, Silence.Logs))
        {
            await Assert.ThrowsAsync<OpenAddressException>(() => empty.StartAsync(cancellation));
        }

        await using (var source = new SqliteSource(options.Storage))
        {
            await SqliteEngine.MigrateAsync(source.ConnectionString, TimeProvider.System, cancellation);
            var (_, key) = KeySecrets.Create(AccessScope.Read, DateTimeOffset.UnixEpoch);
            await new SqlCatalog(source).AddKeyAsync(key, new AuditEntry(DateTimeOffset.UnixEpoch, "test", "key_created", Experiment: null, "{}"), cancellation);
        }

        await using var closed = Program.Build(options, Silence.Logs);
        await closed.StartAsync(cancellation);
        await Silence.StateOf(closed).Ready;
        using var http = new HttpClient();
        var port = new Uri(closed.Urls.First()).Port;
        Assert.Equal(401, (int)(await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/v1/experiments"), cancellation)).StatusCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
