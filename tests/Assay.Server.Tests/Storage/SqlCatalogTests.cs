using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Storage;

public sealed class SqlCatalogTests(HostServer server) : IClassFixture<HostServer>
{
    [Theory]
    [InlineData("update audit set actor = 'somebody else'")]
    [InlineData("delete from audit")]
    public async Task The_audit_takes_nothing_back(string sql)
    {
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("noted"));
        await using var source = new SqliteSource(server.Storage);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_leaves_no_trace()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("late"));
        var catalog = server.Services.GetRequiredService<ICatalog>();
        var stored = (await catalog.FindAsync("late", cancellation))!;
        var audit = new AuditEntry(stored.CreatedAt, "test", "started", "late", "{}");
        Assert.False(await catalog.ReplaceAsync(stored with { Version = 9, Status = ExperimentStatus.Running }, expectedVersion: 7, audit, cancellation));
        Assert.False(await catalog.RemoveAsync("late", expectedVersion: 7, audit, cancellation));
        Assert.False(await catalog.AddAsync(stored, audit, cancellation));
        Assert.Equal(ExperimentStatus.Draft, (await catalog.FindAsync("late", cancellation))!.Status);
        Assert.Equal("created", Assert.Single(await catalog.AuditAsync("late", cancellation)).Action);
    }

    [Fact]
    public async Task Every_commit_is_synced_to_disk()
    {
        await using var source = new SqliteSource(server.Storage);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("pragma synchronous"));
    }
}
