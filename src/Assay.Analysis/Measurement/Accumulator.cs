using System.Buffers.Binary;
using Assay.Statistics;

namespace Assay.Analysis.Measurement;

/// <summary>What a set of units adds up to, exactly: units can be taken out as well as put in, and equal sets are equal bytes.</summary>
public sealed class Accumulator
{
    private const int Header = 9 * sizeof(long);
    private JointSums _sums;

    /// <summary>No units.</summary>
    /// <param name="columns">Columns of <see cref="Sums"/>; 0 for event timing.</param>
    public Accumulator(int columns) => _sums = new JointSums(columns);

    /// <summary>Units.</summary>
    public long Count { get; private set; }

    /// <summary>Units with at least one event that counts.</summary>
    public long Converted { get; private set; }

    /// <summary>Events that count.</summary>
    public long Events { get; private set; }

    /// <summary>Events that arrived after their unit had matured.</summary>
    public long LateArrivals { get; private set; }

    /// <summary>Units seen in more than one arm.</summary>
    public long Crossovers { get; private set; }

    /// <summary>Event timing; zero in a metric's accumulator.</summary>
    public EventTiming Timing { get; private set; }

    /// <summary>Exact sums of value and covariates.</summary>
    public JointSums Sums => _sums;

    /// <summary>Whether nothing is left in it.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Centred moments of value (column 0) and covariates, each rounded once.</summary>
    public JointMoments ToMoments() => _sums.ToMoments(Count);

    /// <summary>Puts a unit's metric value in.</summary>
    public void Add(in MetricValue value, ReadOnlySpan<double> covariates, bool isCrossover)
    {
        Tally(value, isCrossover, 1);
        _sums.Add(value.Value, covariates);
    }

    /// <summary>Takes a unit's metric value out.</summary>
    public void Remove(in MetricValue value, ReadOnlySpan<double> covariates, bool isCrossover)
    {
        Tally(value, isCrossover, -1);
        _sums.Remove(value.Value, covariates);
    }

    /// <summary>Puts a unit's event timing in.</summary>
    public void Add(in EventTiming timing) => Tally(timing, 1);

    /// <summary>Takes a unit's event timing out.</summary>
    public void Remove(in EventTiming timing) => Tally(timing, -1);

    /// <summary>Adds every unit of another accumulator.</summary>
    public void Add(Accumulator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        Converted += other.Converted;
        Events += other.Events;
        LateArrivals += other.LateArrivals;
        Crossovers += other.Crossovers;
        Timing = Plus(Timing, other.Timing, 1);
        _sums.Add(other._sums);
    }

    /// <summary>A copy that lives its own life.</summary>
    public Accumulator Clone()
    {
        var copy = (Accumulator)MemberwiseClone();
        copy._sums = _sums.Clone();
        return copy;
    }

    /// <summary>The canonical encoding.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[Header + 1 + _sums.EncodedLength];
        long[] header = [Count, Converted, Events, LateArrivals, Crossovers, Timing.Before, Timing.InWindow, Timing.After, Timing.Outside];
        for (var i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), header[i]);
        bytes[Header] = checked((byte)_sums.Columns);
        _sums.Write(bytes.AsSpan(Header + 1));
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    public static Accumulator Decode(ReadOnlySpan<byte> source)
    {
        Span<long> header = stackalloc long[9];
        for (var i = 0; i < header.Length; i++) header[i] = BinaryPrimitives.ReadInt64LittleEndian(source[(i * sizeof(long))..]);
        var columns = source[Header];
        return new Accumulator(columns)
        {
            Count = header[0],
            Converted = header[1],
            Events = header[2],
            LateArrivals = header[3],
            Crossovers = header[4],
            Timing = new EventTiming(header[5], header[6], header[7], header[8]),
            _sums = JointSums.Read(source[(Header + 1)..], columns),
        };
    }

    private void Tally(in MetricValue value, bool isCrossover, int sign)
    {
        Count += sign;
        Converted += value.Events > 0 ? sign : 0;
        Events += sign * value.Events;
        LateArrivals += sign * value.LateArrivals;
        Crossovers += isCrossover ? sign : 0;
    }

    private void Tally(in EventTiming timing, int sign)
    {
        Count += sign;
        Timing = Plus(Timing, timing, sign);
    }

    private static EventTiming Plus(in EventTiming a, in EventTiming b, int sign) =>
        new(a.Before + (sign * b.Before), a.InWindow + (sign * b.InWindow), a.After + (sign * b.After), a.Outside + (sign * b.Outside));
}
