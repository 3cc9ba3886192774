namespace Assay.Server.Storage.Sqlite;

/// <summary>Numbers of units, a bit each.</summary>
internal sealed class UnitSet
{
    private ulong[] _bits = new ulong[1_024];

    public void Add(long unit)
    {
        var word = (int)(unit >> 6);
        if (word >= _bits.Length) Array.Resize(ref _bits, Math.Max(word + 1, 2 * _bits.Length));
        _bits[word] |= 1UL << (int)(unit & 63);
    }

    public bool Contains(long unit) => (int)(unit >> 6) is var word && word < _bits.Length && (_bits[word] & (1UL << (int)(unit & 63))) != 0;
}
