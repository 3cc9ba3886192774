using System.Data.Common;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

/// <summary>A view and the catalog are two commits: whatever comes between them, the view ends up as the catalog says.</summary>
public sealed class HalfDoneChangesTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task A_stop_that_the_catalog_does_not_take_leaves_the_experiment_open()
    {
        await server.StartExperimentAsync("open");
        var before = await ViewAsync("open");
        await ExecuteAsync("create trigger full before update on experiments begin select raise(abort, 'disk full'); end");
        try
        {
            var refused = (await server.PostAsync("/api/v1/experiments/open/stop")).IsProblem(503, "storage_not_writable");
            Assert.Equal("1", refused.Headers["Retry-After"]);
        }
        finally
        {
            await ExecuteAsync("drop trigger full");
        }

        Assert.Equal(before, await ViewAsync("open"));
        Assert.Contains("\"running\"", (await server.GetAsync("/api/v1/experiments/open")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/open/stop")).Status);
        Assert.NotEqual(before, await ViewAsync("open"));
    }

    [Fact]
    public async Task A_process_that_ended_half_way_through_a_stop_starts_with_the_experiment_open()
    {
        await server.StartExperimentAsync("killed");
        var before = await ViewAsync("killed");
        var running = (await server.Services.GetRequiredService<ICatalog>().FindAsync("killed", CancellationToken.None))!;
        var stopped = running with { ClosesAt = server.Clock.GetUtcNow() };
        await server.Services.GetRequiredService<CommitQueue>().OpenAsync(stopped.ToView()!, CancellationToken.None);
        Assert.NotEqual(before, await ViewAsync("killed"));
        await server.RestartAsync();
        Assert.Equal(before, await ViewAsync("killed"));
        var watermark = server.Services.GetRequiredService<IEventStore>().Watermark;
        await server.RestartAsync();
        Assert.Equal(watermark, server.Services.GetRequiredService<IEventStore>().Watermark);
    }

    private async Task<string?> ViewAsync(string key)
    {
        await using var connection = await server.Services.GetRequiredService<DbDataSource>().OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string>("select view from experiment_views where key = @key", new { key });
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await server.Services.GetRequiredService<DbDataSource>().OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
