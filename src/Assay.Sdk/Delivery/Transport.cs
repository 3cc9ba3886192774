using System.Net;
using System.Net.Http.Headers;

namespace Assay.Sdk.Delivery;

/// <summary>One request, tried until it is answered, refused or given up.</summary>
internal sealed class Transport
{
    private readonly HttpClient _http;
    private readonly Uri _root;
    private readonly AssayClientOptions _options;
    private readonly TimeProvider _time;

    public Transport(HttpClient http, AssayClientOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is not { } root) throw new ArgumentException("The client's BaseAddress must be the server's address.", nameof(http));
        _root = new Uri($"{root.AbsoluteUri.TrimEnd('/')}/api/v1/");
        (_http, _options, _time) = (http, options, time);
    }

    public TimeProvider Time => _time;

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path under <c>/api/v1/</c>.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="repeatable">Whether it may be sent again when nobody knows if the server acted on it.</param>
    /// <param name="cancellation">Stops sending and waiting.</param>
    /// <returns>The body of the answer.</returns>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, Payload? body, bool repeatable, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(method, path, body, cancellation).ConfigureAwait(false);
            if (outcome.Answer is { } answer) return answer;
            if (!outcome.Untouched && !repeatable) throw new AssayUnavailableException(attempt, outcome.Failure!);
            var wait = Backoff.After(attempt, outcome.Asked, _time.GetUtcNow());
            if (attempt >= _options.MaxAttempts || wait > Backoff.Patience) throw new AssayUnavailableException(attempt, outcome.Failure!);
            await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Throws what is final; returns an answer, or a failure after which another attempt may help.</summary>
    private async Task<Outcome> TryAsync(HttpMethod method, string path, Payload? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(_root, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.ApiKey is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null) request.Content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (body is { IsGzip: true }) request.Content!.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return new Outcome(answer, null, null, Untouched: false);
            var problem = Problems.Read(response, answer);
            var status = response.StatusCode;
            if (status != HttpStatusCode.TooManyRequests && status < HttpStatusCode.InternalServerError) throw problem;

            // 429 and 503 promise that nothing was stored.
            var untouched = status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            return new Outcome(null, problem, response.Headers.RetryAfter, untouched);
        }
        catch (HttpRequestException failure)
        {
            var unsent = failure.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return new Outcome(null, failure, null, unsent);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            return new Outcome(null, new TimeoutException("The request timed out.", failure), null, Untouched: false);
        }
    }

    private sealed record Outcome(byte[]? Answer, Exception? Failure, RetryConditionHeaderValue? Asked, bool Untouched);
}
