using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

public sealed class RestartTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task A_server_that_starts_again_knows_what_it_knew()
    {
        await server.StartExperimentAsync("remembered");
        var before = await server.GetAsync("/api/v1/experiments/remembered");
        await server.RestartAsync();
        var after = await server.GetAsync("/api/v1/experiments/remembered");
        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
        Assert.NotNull(server.Services.GetRequiredService<IEventStore>().Read("remembered"));
        Assert.Equal(200, (await server.PostAsync("/api/v1/experiments/remembered/stop")).Status);
    }
}
