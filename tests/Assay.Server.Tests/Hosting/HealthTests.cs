using Assay.Server.Hosting;

namespace Assay.Server.Tests.Hosting;

public sealed class HealthTests(HostServer server) : IClassFixture<HostServer>
{
    [Fact]
    public async Task The_process_says_that_it_serves()
    {
        var answer = await server.GetAsync("/healthz");
        Assert.Equal((200, "ok\n"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Storage_says_that_it_is_migrated_and_writable()
    {
        var answer = await server.GetAsync("/readyz");
        Assert.Equal((200, "ready\n"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Storage_that_cannot_be_opened_leaves_the_process_alive_and_not_ready()
    {
        var folder = Directory.CreateTempSubdirectory("assay-");
        try
        {
            // A folder where the file should be.
            await using var app = Program.Build(
                new AssayOptions($"Data Source={folder.FullName}", [new Uri("http://127.0.0.1:0")]), builder => Silence.Logs(builder));
            await app.StartAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<Exception>(() => Silence.StateOf(app).Ready);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Assert.Equal(200, (int)(await http.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
            (await AnswerTo(http, "/readyz")).IsProblem(503, "storage_failed");
            var refused = (await AnswerTo(http, "/api/v1/experiments")).IsProblem(503, "storage_failed");
            using var form = new FormUrlEncodedContent([new("key", "x")]);
            using var signIn = await http.PostAsync("/signin", form, TestContext.Current.CancellationToken);
            (await Answer.OfAsync(signIn)).IsProblem(503, "storage_failed");
            Assert.Equal("1", refused.Headers["Retry-After"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Answer> AnswerTo(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }
}
