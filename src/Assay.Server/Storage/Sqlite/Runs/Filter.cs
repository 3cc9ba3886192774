using System.Buffers.Binary;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Says of most keys that a run does not hold that it does not: sixteen bits a key, all bits of a key in one line of the processor's cache (Putze, Sanders &amp; Singler 2007).</summary>
/// <remarks>About one key in a thousand is taken for one that may be there; a key that is there is never denied.</remarks>
internal sealed class Filter
{
    private const int BitsOfAKey = 16;
    private const int WordsOfABlock = 8;
    private const int Probes = 7;
    private readonly ulong[] _words;

    private Filter(ulong[] words) => _words = words;

    /// <summary>Room for so many keys.</summary>
    public static Filter For(long keys) => new(new ulong[WordsOfABlock * Math.Max(1, ((keys * BitsOfAKey) + 511) / 512)]);

    /// <exception cref="DamagedStorageException">It is no filter.</exception>
    public static Filter Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes.Length % (WordsOfABlock * sizeof(ulong)) != 0) throw new DamagedStorageException("The filter of a run is broken off.");
        var words = new ulong[bytes.Length / sizeof(ulong)];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        return new Filter(words);
    }

    public byte[] Write()
    {
        var bytes = new byte[_words.Length * sizeof(ulong)];
        for (var i = 0; i < _words.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), _words[i]);
        return bytes;
    }

    public void Add(long key)
    {
        var (block, bits) = Place(key);
        for (var i = 0; i < Probes; i++, bits >>= 9) _words[block + ((int)(bits >> 6) & 7)] |= 1UL << (int)(bits & 63);
    }

    public bool MayHold(long key)
    {
        var (block, bits) = Place(key);
        for (var i = 0; i < Probes; i++, bits >>= 9)
            if ((_words[block + ((int)(bits >> 6) & 7)] & (1UL << (int)(bits & 63))) == 0) return false;
        return true;
    }

    /// <summary>Where a key's block begins, and the bits that choose among its own.</summary>
    private (int Block, ulong Bits) Place(long key)
    {
        var mixed = Mix((ulong)key);
        return ((int)Math.BigMul(mixed, (ulong)(_words.Length / WordsOfABlock), out _) * WordsOfABlock, Mix(mixed));
    }

    /// <summary>Numbers of units follow each other; their bits must not (SplitMix64: Steele, Lea &amp; Flood 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
