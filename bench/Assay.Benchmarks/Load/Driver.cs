using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assay.Benchmarks.Load;

/// <summary>Clients of a server.</summary>
internal static class Driver
{
    public static HttpClient Connect(Uri address) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Makes the experiment of <see cref="Bodies.Design"/> and starts it.</summary>
    public static async Task BeginAsync(HttpClient http, DateTimeOffset start)
    {
        await PostAsync(http, "/api/v1/experiments", Encoding.UTF8.GetBytes(Bodies.Design));
        await PostAsync(http, "/api/v1/experiments/load/start", Encoding.UTF8.GetBytes($"{{\"started_at\":\"{start:O}\"}}"));
    }

    /// <summary>Sends bodies over several connections; a batch that is refused for now is sent again.</summary>
    /// <param name="http">The server.</param>
    /// <param name="path">The route.</param>
    /// <param name="batches">How many bodies.</param>
    /// <param name="size">Items of a body.</param>
    /// <param name="connections">Connections that send at once.</param>
    /// <param name="body">Makes a body.</param>
    /// <param name="atMost">After which no more is sent.</param>
    /// <returns>Items acknowledged in a second.</returns>
    public static async Task<double> PumpAsync(HttpClient http, string path, long batches, int size, int connections, Func<long, byte[]> body, TimeSpan? atMost = null)
    {
        var acknowledged = 0L;
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, (int)batches), new ParallelOptions { MaxDegreeOfParallelism = connections }, async (i, _) =>
        {
            if (clock.Elapsed > atMost) return;
            await PostAsync(http, path, body(i));
            Interlocked.Add(ref acknowledged, size);
        });
        return acknowledged / clock.Elapsed.TotalSeconds;
    }

    public static async Task<JsonElement> PostAsync(HttpClient http, string path, byte[] body)
    {
        while (true)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await http.PostAsync(path, content);
            if ((int)answer.StatusCode == 503)
            {
                await Task.Delay(50);
                continue;
            }

            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
    }
}
