using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Server.Storage.Commits;

/// <summary>Units that came lately, with the rows that a measure needs: what is not in here is read from storage.</summary>
/// <remarks>
/// Records lie one behind the other in one array that is written round and round, so that a million units are no million objects for the collector.
/// Where the writing comes upon a record that is still the last of its unit, it is written again as long as less than two thirds of the array are such, and otherwise forgotten:
/// who came longest ago goes first.
/// </remarks>
internal sealed class KnownUnits(UnitMemory memory)
{
    private const int None = -1;
    private const long NoUnit = -1;

    /// <summary>A record of a larger part of the array would push out too many others.</summary>
    private const int Part = 64;

    private static readonly int HeaderBytes = Unsafe.SizeOf<Header>();

    // Three quarters: the places take the rest.
    private readonly int _most = (int)Math.Clamp(memory.Room / 4 * 3, Unsafe.SizeOf<Header>() * Part, 1 << 30);
    private readonly Dictionary<UInt128, int> _places = [];

    private readonly Queue<(Header Header, byte[] Content)> _waiting = [];

    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly ArrayBufferWriter<byte> _without = new();
    private byte[] _ring = new byte[Unsafe.SizeOf<Header>() * Part];

    // Places count on for ever; where one is in the array is its rest.
    private long _head;
    private long _tail;
    private long _live;
    private int _since;

    public bool TryFind(UInt128 user, out KnownUnit unit)
    {
        unit = default;
        if (!_places.TryGetValue(user, out var place)) return false;
        var header = HeaderAt(place);
        var content = ContentAt(place, header);
        unit = header.Rows == None || header.Since != _since ? new KnownUnit(header.Unit, null)
            : new KnownUnit(header.Unit, content[..header.Rows].ToArray(), header.Tallies == None ? null : content[header.Rows..].ToArray());
        return true;
    }

    /// <summary>The number alone, which holds whenever a unit is found.</summary>
    public bool TryFindNumber(UInt128 user, out long number)
    {
        var isKnown = _places.TryGetValue(user, out var place);
        number = isKnown ? HeaderAt(place).Unit : NoUnit;
        return isKnown;
    }

    public void Set(UInt128 user, in KnownUnit unit)
    {
        _kept.ResetWrittenCount();
        _kept.Write(unit.Rows);
        _kept.Write(unit.Tallies);
        Put(new Header(user, unit.Unit, unit.Rows?.Length ?? None, unit.Tallies?.Length ?? None, _since), _kept.WrittenSpan);
    }

    /// <summary>Remembers what a unit has come to in a commit that is on disk. Of a unit of many events its tallies take the place of its events.</summary>
    public void Keep(UnitWork unit)
    {
        if (unit.Unit is not { } number) return;
        if (!unit.IsLoaded)
        {
            if (unit.Rows is null) Set(unit.Fingerprint, new KnownUnit(number, null));
            return;
        }

        _kept.ResetWrittenCount();
        _kept.Write(unit.Rows);
        _kept.Write(unit.AddedRows);
        var rows = _kept.WrittenCount;
        if (unit.Tallies is null && rows <= (unit.IsOfPerson ? memory.LongestRowsOfPerson : memory.LongestRows))
        {
            Put(new Header(unit.Fingerprint, number, rows, None, _since), _kept.WrittenSpan);
            return;
        }

        _without.ResetWrittenCount();
        for (var place = 0; place < rows;)
            if (RowPacking.Read(_kept.WrittenSpan, ref place) is { Kind: not RowKind.Event } row) RowPacking.Write(_without, row);
        rows = _without.WrittenCount;
        unit.WriteTallies(_without);
        Put(new Header(unit.Fingerprint, number, rows, _without.WrittenCount - rows, _since), _without.WrittenSpan);
    }

    /// <summary>Others may have added rows: of what is remembered only the numbers still hold.</summary>
    public void ForgetRows() => _since++;

    /// <summary>A unit is no more.</summary>
    public void Forget(UInt128 user) => Remove(user);

    public void Clear()
    {
        _places.Clear();
        _waiting.Clear();
        (_head, _tail, _live) = (0, 0, 0);
    }

    private void Remove(UInt128 user)
    {
        if (_places.Remove(user, out var place)) _live -= Size(HeaderAt(place));
    }

    private void Put(in Header header, ReadOnlySpan<byte> content)
    {
        if (Size(header) * Part > _most)
        {
            Remove(header.User);
            return;
        }

        Append(header, content);
        while (_waiting.TryDequeue(out var next))
            if (!_places.ContainsKey(next.Header.User)) Append(next.Header, next.Content);
    }

    private void Append(in Header header, ReadOnlySpan<byte> content)
    {
        var size = Size(header);
        Grow(size);
        while (!TryPlace(size)) ReleaseOldest();
        var place = (int)(_head % _ring.Length);
        MemoryMarshal.Write(_ring.AsSpan(place), header);
        content.CopyTo(_ring.AsSpan(place + HeaderBytes));
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, header.User, out var isKnown);
        if (isKnown) _live -= Size(HeaderAt(known));
        known = place;
        _live += size;
        _head += size;
    }

    /// <summary>The array grows until it is as large as it may be; only then the writing begins anew.</summary>
    private void Grow(int size)
    {
        if (_head + size > _ring.Length && _ring.Length < _most) Array.Resize(ref _ring, (int)Math.Min(_most, Math.Max(_head + size, 2L * _ring.Length)));
    }

    /// <summary>Whether there is room at the head, or at the beginning where the end is too near: no record is in two pieces.</summary>
    private bool TryPlace(int size)
    {
        var free = _ring.Length - (_head - _tail);
        var left = _ring.Length - (int)(_head % _ring.Length);
        if (left >= size) return free >= size;
        if (free < left + size) return false;
        if (left >= HeaderBytes) MemoryMarshal.Write(_ring.AsSpan(_ring.Length - left), new Header(0, NoUnit, left - HeaderBytes, None, 0));
        _head += left;
        return true;
    }

    /// <summary>Gives up the oldest record; one that is still its unit's last waits to be written again while there is room for it.</summary>
    private void ReleaseOldest()
    {
        var place = (int)(_tail % _ring.Length);
        if (_ring.Length - place < HeaderBytes)
        {
            _tail += _ring.Length - place;
            return;
        }

        var header = HeaderAt(place);
        var size = Size(header);
        _tail += size;
        if (header.Unit == NoUnit || !_places.TryGetValue(header.User, out var last) || last != place) return;
        _places.Remove(header.User);
        _live -= size;
        if (_live < _ring.Length / 3 * 2) _waiting.Enqueue((header, ContentAt(place, header).ToArray()));
    }

    private Header HeaderAt(int place) => MemoryMarshal.Read<Header>(_ring.AsSpan(place));

    private ReadOnlySpan<byte> ContentAt(int place, in Header header) => _ring.AsSpan(place + HeaderBytes, Size(header) - HeaderBytes);

    private static int Size(in Header header) => HeaderBytes + Math.Max(0, header.Rows) + Math.Max(0, header.Tallies);

    /// <param name="User">The fingerprint of its user id.</param>
    /// <param name="Unit">Its number.</param>
    /// <param name="Rows">Bytes of rows that follow.</param>
    /// <param name="Tallies">Bytes of tallies behind them.</param>
    /// <param name="Since">How often rows had been forgotten when it was written.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Header(UInt128 User, long Unit, int Rows, int Tallies, int Since);
}

/// <param name="Unit">Its number.</param>
/// <param name="Rows">Its packed rows without what a measure has no use for; null where they were never read.</param>
/// <param name="Tallies">Of a unit of many events what they come to, by experiment (<see cref="PackedTallies"/>): they are then not among its rows.</param>
internal readonly record struct KnownUnit(long Unit, byte[]? Rows, byte[]? Tallies = null);
