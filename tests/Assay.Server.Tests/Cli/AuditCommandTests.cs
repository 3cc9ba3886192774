using Assay.Server.Cli;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Dapper;

namespace Assay.Server.Tests.Cli;

public sealed class AuditCommandTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task It_follows_the_chain_of_a_server_that_runs_and_says_where_it_breaks()
    {
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("a"));
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("b"));
        var (exit, output, errors) = await RunAsync();
        Assert.Equal((0, ""), (exit, errors));
        Assert.StartsWith("2 entries: the chain holds and every experiment is as the audit says.", output, StringComparison.Ordinal);
        var head = output.Trim()[^64..];
        Assert.Equal(0, (await RunAsync("--head", head)).Exit);
        Assert.Equal(1, (await RunAsync("--head", new string('a', 64))).Exit);
        Assert.Equal(2, (await RunAsync("--head", "abc")).Exit);

        await using var engine = StorageEngines.Open(server.Storage);
        await using var connection = await engine.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("drop trigger audit_keeps_what_it_said; update audit set actor = 'me' where number = 1");
        var broken = await RunAsync();
        Assert.Equal(1, broken.Exit);
        Assert.StartsWith("entry 1: The entry's hash does not follow from it and the entries before it.", broken.Output, StringComparison.Ordinal);
    }

    private Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) =>
        Terminal.RunAsync(AuditCommand.Create(), ["verify", "--storage", server.Storage, .. arguments]);
}
