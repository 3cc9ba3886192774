using System.Buffers;
using System.Buffers.Binary;

namespace Assay.Analysis.Measurement;

/// <summary>Numbers of a tally in few bytes.</summary>
internal static class TallyPacking
{
    private const int Longest = 10;

    /// <summary>Small numbers of either sign in seven bits a byte, the lowest first.</summary>
    public static void Write(IBufferWriter<byte> into, long value)
    {
        var span = into.GetSpan(Longest);
        var (left, length) = (Zigzag(value), 0);
        for (; left >= 0x80; left >>= 7) span[length++] = (byte)(left | 0x80);
        span[length++] = (byte)left;
        into.Advance(length);
    }

    public static long Read(ReadOnlySpan<byte> from, ref int place)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = from[place++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
            shift += 7;
        }
    }

    public static void WriteReal(IBufferWriter<byte> into, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(into.GetSpan(sizeof(double)), value);
        into.Advance(sizeof(double));
    }

    public static double ReadReal(ReadOnlySpan<byte> from, ref int place)
    {
        place += sizeof(double);
        return BinaryPrimitives.ReadDoubleLittleEndian(from[(place - sizeof(double))..]);
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
