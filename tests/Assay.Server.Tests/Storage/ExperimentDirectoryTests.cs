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
}
