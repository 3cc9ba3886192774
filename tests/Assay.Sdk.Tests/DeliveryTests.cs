using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Sdk.Tests;

/// <summary>What becomes of a delivery for each thing that a server or a network can do to it.</summary>
public sealed class DeliveryTests
{
    private static readonly PrePeriodItem[] One = [new("u1", "revenue_before", 12.5)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Passing => ["429", "500", "502", "503", "504", "connection", "timeout"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_passing_failure_is_tried_again(string failure)
    {
        var (server, time) = (new FakeServer(Fail(failure), Fail(failure)), new ImpatientTime());
        var receipt = await Deliver(server, time);
        Assert.Equal((1, 1L), (receipt.Recorded, receipt.Watermark));
        Assert.Equal([TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500)], time.Waits);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(static request => request.Body).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_failure_that_does_not_pass_is_given_up_after_the_last_attempt(string failure)
    {
        var (server, time) = (new FakeServer([.. Enumerable.Repeat(Fail(failure), 20)]), new ImpatientTime());
        var exception = await Assert.ThrowsAsync<AssayUnavailableException>(() => server.Connect(time: time).SendPrePeriodAsync("exp", One, Cancellation));
        Assert.Equal((8, 8, 7), (exception.Attempts, server.Requests.Count, time.Waits.Count));
        var cause = failure switch { "connection" => typeof(HttpRequestException), "timeout" => typeof(TimeoutException), _ => typeof(AssayProblemException) };
        Assert.IsType(cause, exception.InnerException);
    }

    [Fact]
    public async Task Waits_double_up_to_half_a_minute()
    {
        var (server, time) = (new FakeServer([.. Enumerable.Repeat(Fail("503"), 50)]), new ImpatientTime());
        await Assert.ThrowsAsync<AssayUnavailableException>(() => Deliver(server, time, attempts: 40));
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, .. Enumerable.Repeat(30d, 32)], time.Waits.Select(static wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task The_server_says_how_long_to_wait_unless_that_is_over(HttpStatusCode status)
    {
        var time = new ImpatientTime();
        var server = new FakeServer(
            (_, _) => FakeServer.Problem(status, "{}", new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))),
            (_, _) => FakeServer.Problem(status, "{}", new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(90))),
            (_, _) => FakeServer.Problem(status, "{}", new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(-5))),
            (_, _) => FakeServer.Problem(status, "{}", new RetryConditionHeaderValue(TimeSpan.Zero)));
        await Deliver(server, time);
        Assert.Equal([7, 90, 1, 2], time.Waits.Select(static wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_asks_for_too_long_is_given_up_instead_of_being_hurried()
    {
        var asked = new RetryConditionHeaderValue(TimeSpan.FromDays(60));
        var server = new FakeServer((_, _) => FakeServer.Problem(HttpStatusCode.ServiceUnavailable, "{}", asked));
        var exception = await Assert.ThrowsAsync<AssayUnavailableException>(() => Deliver(server));
        Assert.Equal((1, 1), (exception.Attempts, server.Requests.Count));
    }

    [Fact]
    public async Task A_refusal_is_final_and_carries_the_whole_problem()
    {
        var server = new FakeServer((_, _) => FakeServer.Problem(HttpStatusCode.Conflict, """
            {"type":"https://assay.test/problems/closed","title":"Closed","status":409,"detail":"It closed yesterday.","trace_id":"t1",
             "errors":[{"pointer":"/values/0","code":"closed","detail":"Too late."}]}
            """));
        var problem = await Assert.ThrowsAsync<AssayProblemException>(() => Deliver(server));
        Assert.Equal((409, "https://assay.test/problems/closed", "Closed"), (problem.Status, problem.Type, problem.Title));
        Assert.Equal(("It closed yesterday.", "t1"), (problem.Detail, problem.TraceId));
        Assert.Equal([new ProblemError("/values/0", "closed", "Too late.")], problem.Errors);
        Assert.Equal("409 Closed: It closed yesterday.", problem.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("text/html", "<h1>no</h1>")]
    [InlineData("application/problem+json", "{ not json")]
    [InlineData("application/problem+json", "null")]
    public async Task A_refusal_without_a_readable_problem_still_has_its_status(string type, string body)
    {
        var server = new FakeServer((_, _) => FakeServer.Answer(HttpStatusCode.Forbidden, body, type));
        var problem = await Assert.ThrowsAsync<AssayProblemException>(() => Deliver(server));
        Assert.Equal((403, "about:blank", "Forbidden"), (problem.Status, problem.Type, problem.Title));
    }

    [Theory]
    [InlineData("<html>captive portal</html>")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"received":0,"recorded":0,"deduplicated":0,"rejected":[],"warnings":[],"watermark":1}""")]
    public async Task A_success_that_is_no_receipt_for_the_items_is_not_taken_for_one(string body)
    {
        var server = new FakeServer((_, _) => FakeServer.Answer(HttpStatusCode.OK, body));
        var problem = await Assert.ThrowsAsync<AssayProblemException>(() => Deliver(server));
        Assert.Equal((200, "The answer was not understood"), (problem.Status, problem.Title));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var server = new FakeServer(Fail("503"));
        var sending = server.Connect(time: new FakeTimeProvider()).SendPrePeriodAsync("exp", One, cancellation.Token);
        Assert.False(sending.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(server.Requests);
    }

    private static Task<Receipt> Deliver(FakeServer server, ImpatientTime? time = null, int attempts = 8) =>
        server.Connect(new AssayClientOptions { MaxAttempts = attempts }, time).SendPrePeriodAsync("exp", One, Cancellation);

    internal static Func<HttpRequestMessage, string, HttpResponseMessage> Fail(string failure) => failure switch
    {
        "connection" => (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke."),
        "refused" => (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused."),
        "timeout" => (_, _) => throw new TaskCanceledException("Timed out."),
        _ => (_, _) => FakeServer.Problem((HttpStatusCode)int.Parse(failure, CultureInfo.InvariantCulture), "{}"),
    };
}
