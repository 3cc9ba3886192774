namespace Assay.Server.Events;

/// <summary>Puts a client's times on the server's clock.</summary>
/// <param name="ArrivedAt">Arrival, microseconds.</param>
/// <param name="SentAt">The client's clock when it sent the batch, if it told.</param>
internal readonly record struct ArrivalClock(long ArrivedAt, long? SentAt)
{
    /// <summary>Ahead by this much is jitter: the item happened on arrival.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromMinutes(5);

    /// <summary>Ahead by up to this much is a wrong clock or zone: the item happened on arrival, and the client is told.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromHours(24);

    /// <summary>The corrected time and what it says about the client's clock. An item without a time happened on arrival.</summary>
    public (long At, Timeliness Timeliness) Correct(long? occurredAt)
    {
        if (occurredAt is not { } at) return (ArrivedAt, Timeliness.Fine);
        if (SentAt is { } sent) at += ArrivedAt - sent;
        var ahead = at - ArrivedAt;
        if (ahead <= 0) return (at, Timeliness.Fine);
        if (ahead <= Jitter.Ticks / TimeSpan.TicksPerMicrosecond) return (ArrivedAt, Timeliness.Fine);
        return ahead <= Skew.Ticks / TimeSpan.TicksPerMicrosecond ? (ArrivedAt, Timeliness.Skewed) : (at, Timeliness.TooFarAhead);
    }
}

internal enum Timeliness
{
    Fine,
    Skewed,
    TooFarAhead,
}
