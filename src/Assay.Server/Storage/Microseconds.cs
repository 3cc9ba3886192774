namespace Assay.Server.Storage;

/// <summary>Times as storage keeps them: whole microseconds since the Unix epoch, UTC.</summary>
internal static class Microseconds
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The time as storage will give it back.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) => ToTime(Of(time));
}
