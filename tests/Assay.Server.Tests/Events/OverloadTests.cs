using System.Net;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Events;

public sealed class OverloadTests
{
    private static readonly string Batch = $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"id":"{{i}}","user_id":"u","name":"n"}"""))}}]}""";

    [Fact]
    public async Task More_than_can_wait_is_refused_and_what_waits_is_stored_when_the_disk_is_back()
    {
        var disk = new TaskCompletionSource();
        var store = new FakeEventStore { Disk = disk.Task };
        await using var server = await RunningServer.StartAsync(services => services.AddSingleton<IEventStore>(store));
        var queue = server.Services.GetRequiredService<CommitQueue>();
        var taken = new List<Task<HttpStatusCode>>();
        while (queue.Waiting + 10_000 <= CommitQueue.Capacity)
        {
            var waiting = queue.Waiting;
            taken.Add(SendAsync(server));
            await Wait.UntilAsync(() => queue.Waiting > waiting);
        }

        using var refused = await PostAsync(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Contains("overloaded", await refused.Content.ReadAsStringAsync());
        using var link = await server.Client.PostAsync(
            "/api/v1/identities", new StringContent("""{"identities":[{"anonymous_id":"a","user_id":"u"}]}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (link.StatusCode, (await link.Content.ReadAsStringAsync()).Contains("overloaded", StringComparison.Ordinal)));
        Assert.All(taken, task => Assert.False(task.IsCompleted));

        disk.SetResult();
        Assert.All(await Task.WhenAll(taken), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task A_disk_that_fails_acknowledges_nothing()
    {
        var store = new FakeEventStore { Disk = Task.FromException(new IOException("No space left on device.")) };
        await using var server = await RunningServer.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var refused = await PostAsync(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.Contains("Retry-After"));
        Assert.Contains("storage_failed", await refused.Content.ReadAsStringAsync());

        store.Disk = Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server));
    }

    private static async Task<HttpStatusCode> SendAsync(RunningServer server)
    {
        using var response = await PostAsync(server);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server) =>
        server.Client.PostAsync("/api/v1/events", new StringContent(Batch, System.Text.Encoding.UTF8, "application/json"));
}
