using System.Text;

namespace Assay.Server.Hosting;

/// <summary>Timestamps with an offset, as microseconds since the Unix epoch; finer digits are cut off.</summary>
internal static class Rfc3339
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>The same of a text that is no bytes yet.</summary>
    public static bool TryRead(string text, out long microseconds) => TryRead(Encoding.UTF8.GetBytes(text), out microseconds);

    /// <summary>Reads <c>2026-03-01T12:00:00.123456+01:00</c>; the offset (or Z) is required, a leap second counts as the next second.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length < 20
            || !Digits(text, 0, 4, out var year) || text[4] != '-'
            || !Digits(text, 5, 2, out var month) || text[7] != '-'
            || !Digits(text, 8, 2, out var day) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !Digits(text, 11, 2, out var hour) || text[13] != ':'
            || !Digits(text, 14, 2, out var minute) || text[16] != ':'
            || !Digits(text, 17, 2, out var second))
            return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60) return false;
        if (!Fraction(text, out var fraction, out var at) || !Offset(text[at..], out var offsetMinutes)) return false;

        var midnight = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - Epoch) / TimeSpan.TicksPerMicrosecond;
        var seconds = (((hour * 60L) + minute - offsetMinutes) * 60) + second;
        microseconds = midnight + (seconds * MicrosecondsPerSecond) + fraction;
        return true;
    }

    private static bool Fraction(ReadOnlySpan<byte> text, out long microseconds, out int next)
    {
        microseconds = 0;
        next = 19;
        if (text[19] != '.') return true;
        long unit = MicrosecondsPerSecond;
        for (next = 20; next < text.Length && text[next] is >= (byte)'0' and <= (byte)'9'; next++)
        {
            unit /= 10;
            microseconds += unit * (text[next] - '0');
        }

        return next > 20;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':') return false;
        if (!Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var rest) || hours > 23 || rest > 59) return false;
        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        foreach (var character in text.Slice(start, count))
        {
            if (character is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (character - '0');
        }

        return true;
    }
}
