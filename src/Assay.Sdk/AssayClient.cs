using System.Text.Json;
using Assay.Sdk.Delivery;

namespace Assay.Sdk;

/// <summary>Talks to an Assay server: delivers exposures, conversions, events and covariates, and runs experiments.</summary>
/// <remarks>
/// A delivery returns when everything is committed, and is tried again on 429, 5xx, lost connections and timeouts; what was stored before is then counted
/// as deduplicated. Large batches are sent compressed. Times are sent as given: the machine's clock is taken to be right. A refusal is an <see cref="AssayProblemException"/>, giving up an
/// <see cref="AssayUnavailableException"/>. To assign without a request, use <see cref="Assignment.Assigner"/>. A client may be shared between threads.
/// </remarks>
public sealed class AssayClient
{
    private readonly Transport _transport;
    private readonly AssayClientOptions _options;

    /// <summary>Makes a client.</summary>
    /// <param name="http">
    /// Sends the requests; its <see cref="HttpClient.BaseAddress"/> is the server's address and its timeout that of one attempt.
    /// It stays the caller's to dispose.
    /// </param>
    /// <param name="options">How to deliver; the defaults when null.</param>
    /// <param name="time">The clock that waits between attempts; the system's when null.</param>
    /// <exception cref="ArgumentException">The HTTP client has no base address.</exception>
    public AssayClient(HttpClient http, AssayClientOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new AssayClientOptions();
        _transport = new Transport(http, _options, time ?? TimeProvider.System);
    }

    /// <summary>Delivers exposures of an experiment.</summary>
    public Task<Receipt> SendExposuresAsync(string experiment, IReadOnlyList<ExposureItem> exposures, CancellationToken cancellationToken = default) =>
        DeliverAsync($"{Path(experiment)}/exposures", "exposures", exposures, cancellationToken);

    /// <summary>Delivers conversions of an experiment.</summary>
    public Task<Receipt> SendConversionsAsync(string experiment, IReadOnlyList<ConversionItem> conversions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversions);
        ConversionItem[] keyed = [.. conversions.Select(item => item.IdempotencyKey is null ? item with { IdempotencyKey = NewKey() } : item)];
        return DeliverAsync($"{Path(experiment)}/conversions", "conversions", keyed, cancellationToken);
    }

    /// <summary>Delivers covariates measured before an experiment.</summary>
    public Task<Receipt> SendPrePeriodAsync(string experiment, IReadOnlyList<PrePeriodItem> values, CancellationToken cancellationToken = default) =>
        DeliverAsync($"{Path(experiment)}/pre-period", "values", values, cancellationToken);

    /// <summary>Delivers events to the stream that all experiments read.</summary>
    public Task<Receipt> SendEventsAsync(IReadOnlyList<EventItem> events, CancellationToken cancellationToken = default) =>
        DeliverAsync("events", "events", events, cancellationToken);

    /// <summary>Creates an experiment as a draft.</summary>
    /// <returns>The experiment.</returns>
    public Task<JsonElement> CreateExperimentAsync(JsonElement design, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Post, "experiments", JsonSerializer.SerializeToUtf8Bytes(design, Wire.Json), cancellationToken);

    /// <summary>Starts an experiment.</summary>
    /// <param name="experiment">Its key.</param>
    /// <param name="startedAt">When it started, if not now.</param>
    /// <param name="cancellationToken">Stops sending and waiting.</param>
    /// <returns>The experiment.</returns>
    public Task<JsonElement> StartAsync(string experiment, DateTimeOffset? startedAt = null, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Post, $"{Path(experiment)}/start", JsonSerializer.SerializeToUtf8Bytes(new Start(startedAt), Wire.Json), cancellationToken);

    /// <summary>Reads an experiment: its design, its plan and where it stands.</summary>
    public Task<JsonElement> GetExperimentAsync(string experiment, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Get, Path(experiment), body: null, cancellationToken);

    /// <summary>Reads the readout of an experiment as it is now.</summary>
    public Task<JsonElement> GetLiveStatsAsync(string experiment, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Get, $"{Path(experiment)}/live-stats", body: null, cancellationToken);

    private async Task<Receipt> DeliverAsync<T>(string path, string envelope, IReadOnlyList<T> items, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(items);
        return await Batches.SendAsync(_transport, path, envelope, items, _options.BatchSize, cancellation).ConfigureAwait(false);
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        var answer = await _transport.SendAsync(method, path, body is null ? null : Payload.Plain(body), repeatable: method == HttpMethod.Get, cancellation).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw Problems.Unreadable(200, failure.Message);
        }
    }

    private string NewKey() => Guid.CreateVersion7(_transport.Time.GetUtcNow()).ToString("N");

    private static string Path(string experiment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        return $"experiments/{Uri.EscapeDataString(experiment)}";
    }

    private sealed record Start(DateTimeOffset? StartedAt);
}
