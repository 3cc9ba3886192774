using Assay.Analysis.Exact;

namespace Assay.Analysis.Measurement;

/// <summary>The events of one unit that count for one metric, on the way to one number that does not depend on their order.</summary>
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

    /// <summary>Takes an event in.</summary>
    public void Add(in EventRow row, bool isLate)
    {
        Count++;
        if (isLate) Late++;
        AddValue(row.Value);
        AddDay(Maturity.DayOf(row.At));
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
        _largest = Count == 1 ? value : Math.Max(_largest, value);
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
}
