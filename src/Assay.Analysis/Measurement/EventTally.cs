using System.Buffers;
using Assay.Analysis.Exact;

namespace Assay.Analysis.Measurement;

/// <summary>The events of one unit that count for one metric, on the way to one number that does not depend on their order. Each is told the metric's aggregate, and keeps what that needs.</summary>
internal struct EventTally
{
    private double _first;
    private double _second;
    private double _largest;
    private ExactSum? _sum;
    private HashSet<long>? _days;
    private long _firstDay;

    /// <summary>Events that count.</summary>
    public long Count { get; private set; }

    /// <summary>Those that arrived after the unit had matured.</summary>
    public long Late { get; private set; }

    /// <summary>Takes an event in, for one aggregate.</summary>
    public void Add(in EventRow row, bool isLate, Aggregate aggregate)
    {
        Count++;
        if (isLate) Late++;
        if (aggregate == Aggregate.Sum) AddValue(row.Value);
        else if (aggregate == Aggregate.Max) _largest = Count == 1 ? row.Value : Math.Max(_largest, row.Value);
        else if (aggregate == Aggregate.DistinctDays) AddDay(Maturity.DayOf(row.At));
    }

    /// <summary>Writes what the aggregate needs.</summary>
    public readonly void Write(IBufferWriter<byte> into, Aggregate aggregate)
    {
        TallyPacking.Write(into, Count);
        if (Count == 0) return;
        TallyPacking.Write(into, Late);
        if (aggregate == Aggregate.Max) TallyPacking.WriteReal(into, _largest);
        else if (aggregate == Aggregate.Sum) WriteSum(into);
        else if (aggregate == Aggregate.DistinctDays) WriteDays(into);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EventTally Read(ReadOnlySpan<byte> from, ref int place, Aggregate aggregate)
    {
        var tally = new EventTally { Count = TallyPacking.Read(from, ref place) };
        if (tally.Count == 0) return tally;
        tally.Late = TallyPacking.Read(from, ref place);
        if (aggregate == Aggregate.Max) tally._largest = TallyPacking.ReadReal(from, ref place);
        else if (aggregate == Aggregate.Sum) tally.ReadSum(from, ref place);
        else if (aggregate == Aggregate.DistinctDays) tally.ReadDays(from, ref place);
        return tally;
    }

    /// <summary>The unit's value.</summary>
    public readonly double Value(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Any or Aggregate.Between => Count > 0 ? 1 : 0,
        Aggregate.Sum => Sum(),
        Aggregate.Count => Count,
        Aggregate.DistinctDays => Count == 0 ? 0 : 1 + (_days?.Count ?? 0),
        Aggregate.Max => Count == 0 ? 0 : _largest + 0.0,
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate, "Unknown aggregate."),
    };

    /// <summary>One addition of two doubles is correctly rounded already; more need the exact sum. Adding 0.0 makes −0 a plain zero.</summary>
    private readonly double Sum() => _sum?.Round() ?? (_first + _second + 0.0);

    private void AddValue(double value)
    {
        if (Count == 1)
        {
            _first = value;
        }
        else if (Count == 2)
        {
            _second = value;
        }
        else
        {
            if (_sum is null)
            {
                _sum = new ExactSum();
                _sum.Add(_first);
                _sum.Add(_second);
            }

            _sum.Add(value);
        }
    }

    private void AddDay(long day)
    {
        if (Count == 1) _firstDay = day;
        else if (day != _firstDay) (_days ??= []).Add(day);
    }

    private readonly void WriteSum(IBufferWriter<byte> into)
    {
        if (_sum is { } sum)
        {
            into.Advance(sum.Write(into.GetSpan(sum.EncodedLength)));
            return;
        }

        TallyPacking.WriteReal(into, _first);
        if (Count > 1) TallyPacking.WriteReal(into, _second);
    }

    private void ReadSum(ReadOnlySpan<byte> from, ref int place)
    {
        if (Count > 2)
        {
            (_sum, var length) = ExactSum.Read(from[place..]);
            place += length;
            return;
        }

        _first = TallyPacking.ReadReal(from, ref place);
        if (Count > 1) _second = TallyPacking.ReadReal(from, ref place);
    }

    private readonly void WriteDays(IBufferWriter<byte> into)
    {
        TallyPacking.Write(into, _firstDay);
        TallyPacking.Write(into, _days?.Count ?? 0);
        foreach (var day in _days ?? []) TallyPacking.Write(into, day - _firstDay);
    }

    private void ReadDays(ReadOnlySpan<byte> from, ref int place)
    {
        _firstDay = TallyPacking.Read(from, ref place);
        var days = TallyPacking.Read(from, ref place);
        if (days > 0) _days = new HashSet<long>((int)days);
        for (; days > 0; days--) _days!.Add(_firstDay + TallyPacking.Read(from, ref place));
    }
}
