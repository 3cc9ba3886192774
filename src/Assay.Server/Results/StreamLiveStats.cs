using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/live-stats/stream: the readout now and whenever it changes, as server-sent events.</summary>
internal static class StreamLiveStats
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> Handle(
        string id, string? pairs, HttpContext context, ExperimentDirectory experiments, LiveReadouts readouts, Broadcasts broadcasts, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (!ReadoutQuery.TryReadPairs(pairs, out var allPairs, out var problem)) return problem!;
        if (await experiments.FindAsync(id, context.RequestAborted) is not { } experiment) return Problems.UnknownExperiment(id);
        if (Methods.WantsHeadersOnly(context)) return TypedResults.Text("", "text/event-stream");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);

        var readout = readouts.Of(id, allPairs);
        var broadcast = broadcasts.Join(id, allPairs, readout.Identify(experiment));
        try
        {
            // The turn first, the readout after it: what changes in between comes with the next turn.
            var turn = broadcast.Latest;
            await SendAsync(context, turn, () => broadcast.Latest, readout.Read(experiment), time, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The watcher left, or the server stops.
        }
        finally
        {
            broadcasts.Leave(id, allPairs, broadcast);
        }

        return TypedResults.Empty;
    }

    private static async Task SendAsync(
        HttpContext context, Turn turn, Func<Turn> latest, ServedReadout first, TimeProvider time, CancellationToken ended)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // A proxy that collects events would make live statistics late.

        var sent = first;
        if (string.Equals(context.Request.Headers["Last-Event-ID"].ToString(), first.ETag, StringComparison.Ordinal)) await SendAsync(": nothing new\n\n"u8.ToArray());
        else await SendReadoutAsync(first);

        while (true)
        {
            try
            {
                if (await turn.Next.Task.WaitAsync(Heartbeat, time, ended) is null) return;
                turn = latest();

                // The first readout may be newer than the turn that was on its way when it was read.
                if (turn.Readout is { } readout && readout.Watermark >= sent.Watermark && !string.Equals(readout.ETag, sent.ETag, StringComparison.Ordinal))
                    await SendReadoutAsync(readout);
            }
            catch (TimeoutException)
            {
                await SendAsync(Comment(time.GetUtcNow()));
            }
        }

        Task SendReadoutAsync(ServedReadout readout)
        {
            sent = readout;
            return SendAsync(readout.Frame);
        }

        async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            await response.Body.WriteAsync(bytes, ended);
            await response.Body.FlushAsync(ended);
        }
    }

    private static byte[] Comment(DateTimeOffset now) =>
        System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $": {now.UtcDateTime:O}\n\n"));
}
