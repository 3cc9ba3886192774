using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Storage;

public sealed class ExperimentDirectoryTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task What_was_read_once_is_remembered_until_it_changes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var directory = server.Services.GetRequiredService<ExperimentDirectory>();
        Assert.Null(await directory.FindAsync("remembered", cancellation));
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("remembered"));
        var first = await directory.FindAsync("remembered", cancellation);
        Assert.Same(first, await directory.FindAsync("remembered", cancellation));
        var changes = directory.Changes;
        await server.PostAsync("/api/v1/experiments/remembered/start");
        Assert.Equal(ExperimentStatus.Running, (await directory.FindAsync("remembered", cancellation))!.Status);
        Assert.True(directory.Changes > changes);
    }

    [Fact]
    public async Task While_changes_of_others_are_not_told_nothing_is_remembered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await server.PostAsync("/api/v1/experiments", DesignText.Minimal("untold"));
        var directory = new ExperimentDirectory(server.Services.GetRequiredService<ICatalog>());
        var first = await directory.FindAsync("untold", cancellation);
        directory.SetTold(false);
        var second = await directory.FindAsync("untold", cancellation);
        Assert.NotSame(first, second);
        Assert.NotSame(second, await directory.FindAsync("untold", cancellation));
        directory.SetTold(true);
        var third = await directory.FindAsync("untold", cancellation);
        Assert.Same(third, await directory.FindAsync("untold", cancellation));
        Assert.NotSame(third, await directory.ReloadAsync("untold", cancellation));
    }
}
