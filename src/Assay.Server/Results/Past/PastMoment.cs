using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results.Past;

/// <summary>A commit that was, and the time it is read at.</summary>
/// <param name="Watermark">The commit.</param>
/// <param name="AsOf">The time that maturity is judged at: a full second.</param>
/// <param name="CommittedAt">When the commit was made.</param>
internal sealed record PastMoment(long Watermark, DateTimeOffset AsOf, DateTimeOffset CommittedAt)
{
    /// <summary>When it was read, to the microsecond: what came since without a commit's number (items sent again, a pause) is not in it. The end of that second where nobody knows.</summary>
    public DateTimeOffset ReadAt
    {
        get => field == default ? Later(CommittedAt, AsOf.AddTicks(TimeSpan.TicksPerSecond - TimeSpan.TicksPerMicrosecond)) : field;
        init;
    }

    /// <summary>Whether something had been done by then.</summary>
    public bool IsAfter(DateTimeOffset time) => time <= ReadAt;

    /// <summary>Reads <c>?as_of=</c>, a commit's number, and <c>?at=</c>, RFC 3339; that commit's time unless given.</summary>
    /// <returns>Neither for who asks for now.</returns>
    public static async Task<(PastMoment? Moment, ProblemHttpResult? Problem)> ReadAsync(string? asOf, string? at, IEventStore store, TimeProvider clock, CancellationToken cancellation)
    {
        if (asOf is null)
            return at is null ? default : (null, Problems.InvalidQuery(new ProblemError("at", "needs_as_of", "A time is read of a commit: 'as_of' is its number.")));
        if (!long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var watermark))
            return (null, Problems.InvalidQuery(new ProblemError("as_of", "invalid_value", "'as_of' is the number of a commit, such as a readout's watermark.")));
        if (await store.FindCommitAsync(watermark, cancellation) is not { } committed)
            return (null, Problems.InvalidQuery(new ProblemError("as_of", "unknown_commit", $"There is no commit {watermark}; the last one is {store.Watermark}.")));
        var made = Microseconds.ToTime(committed);
        if (at is null) return (new PastMoment(watermark, FullSecond(made), made), null);
        if (!Rfc3339.TryRead(at, out var time))
            return (null, Problems.InvalidQuery(new ProblemError("at", "invalid_value", "A time is RFC 3339 with its offset, like 2026-01-31T09:30:00Z.")));
        var second = FullSecond(Microseconds.ToTime(time));
        if (second < FullSecond(made)) return (null, Problems.InvalidQuery(new ProblemError("at", "before_commit", $"The commit {watermark} was made at {made:yyyy-MM-dd'T'HH:mm:ss'Z'}: nobody could read it before.")));
        return second > clock.GetUtcNow()
            ? (null, Problems.InvalidQuery(new ProblemError("at", "in_the_future", "A readout of a time to come would tell which windows close and not what is in them.")))
            : (new PastMoment(watermark, second, made), null);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset FullSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
