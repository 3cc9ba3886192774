using System.Buffers;

namespace Assay.Server.Storage.Commits;

/// <summary>Whole numbers in as few bytes as they need, seven bits a byte, the lowest first.</summary>
internal static class Varint
{
    public const int Longest = 10;

    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> into, ulong value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            into[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        into[length++] = (byte)value;
        return length;
    }

    public static void Write(IBufferWriter<byte> into, ulong value) => into.Advance(Write(into.GetSpan(Longest), value));

    /// <summary>Reads the number at a place, which then is behind it.</summary>
    /// <exception cref="DamagedStorageException">No number ends there.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int place)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (place >= from.Length) break;
            var next = from[place++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new DamagedStorageException("A packed number has no end.");
    }

    /// <summary>Small negative numbers as small as positive ones.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
