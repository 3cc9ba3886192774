using System.Net.Http.Headers;

namespace Assay.Sdk.Delivery;

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    /// <summary>A server that asks for more than this is not waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the server asked for, if that lies ahead; otherwise 250 ms · 2ᵏ⁻¹ after attempt k, at most 30 s.</summary>
    public static TimeSpan After(int attempt, RetryConditionHeaderValue? asked, DateTimeOffset now)
    {
        var wait = asked?.Delta ?? (asked?.Date - now);
        if (wait > TimeSpan.Zero) return wait.Value;
        return attempt > 7 ? Cap : First * (1 << (attempt - 1));
    }
}
