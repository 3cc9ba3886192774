using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Tests.Hosting;
using Dapper;

namespace Assay.Server.Tests.Storage;

/// <summary>On a server of its own: with a key in it, the other tests' requests would need one.</summary>
public sealed class AccessKeyRowsTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task The_file_keeps_the_hash_of_a_key_and_not_its_secret()
    {
        var secret = await Access.KeyMaker.CreateAsync(server, AccessScope.Ingest);
        await using var source = new SqliteSource(server.Storage);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var rows = await connection.QueryAsync<string>("select id || hash || scope from access_keys");
        Assert.DoesNotContain(rows, row => row.Contains(secret, StringComparison.Ordinal));
    }
}
