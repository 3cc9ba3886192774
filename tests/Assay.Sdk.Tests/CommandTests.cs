using System.Net;
using System.Text.Json;

namespace Assay.Sdk.Tests;

/// <summary>Creating and starting are not repeated when nobody knows whether the server has done them.</summary>
public sealed class CommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("429")]
    [InlineData("503")]
    [InlineData("refused")]
    public async Task A_command_that_surely_did_nothing_is_tried_again(string failure)
    {
        var server = new FakeServer(DeliveryTests.Fail(failure), static (_, _) => FakeServer.Answer(HttpStatusCode.Created, "{}"));
        await server.Connect().CreateExperimentAsync(JsonElement.Parse("{}"), Cancellation);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("connection")]
    [InlineData("timeout")]
    public async Task A_command_that_may_have_been_done_is_not(string failure)
    {
        var server = new FakeServer(DeliveryTests.Fail(failure));
        await Assert.ThrowsAsync<AssayUnavailableException>(() => server.Connect().StartAsync("exp", cancellationToken: Cancellation));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("timeout")]
    public async Task Reading_is_always_tried_again(string failure)
    {
        var server = new FakeServer(DeliveryTests.Fail(failure), static (_, _) => FakeServer.Answer(HttpStatusCode.OK, """{"watermark":3}"""));
        Assert.Equal(3, (await server.Connect().GetLiveStatsAsync("exp", Cancellation)).GetProperty("watermark").GetInt32());
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_a_problem()
    {
        var server = new FakeServer(static (_, _) => FakeServer.Answer(HttpStatusCode.OK, "<html/>", "text/html"));
        var problem = await Assert.ThrowsAsync<AssayProblemException>(() => server.Connect().GetExperimentAsync("exp", Cancellation));
        Assert.Equal("The answer was not understood", problem.Title);
    }

    [Fact]
    public void Options_and_addresses_are_checked_at_the_door()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssayClientOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssayClientOptions { BatchSize = 10_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssayClientOptions { MaxAttempts = 0 });
        using var http = new HttpClient();
        Assert.Throws<ArgumentException>("http", () => new AssayClient(http));
    }
}
