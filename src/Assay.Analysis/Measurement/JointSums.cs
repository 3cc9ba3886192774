using System.Collections.Immutable;
using System.Numerics;
using Assay.Analysis.Exact;
using Assay.Statistics;

namespace Assay.Analysis.Measurement;

/// <summary>Exact sums, squares and cross products of a unit's value (column 0) and its covariates, with the value's cubes.</summary>
public sealed class JointSums
{
    private readonly ExactSum[] _sums;
    private readonly ExactSum[] _products;
    private readonly ExactSum _cubes;

    /// <summary>Nothing summed.</summary>
    /// <param name="columns">1 + twice the number of covariates (each enters as x and a missing indicator).</param>
    public JointSums(int columns)
        : this(Zeros(columns), Zeros(columns * (columns + 1) / 2), new ExactSum())
    {
    }

    private JointSums(ExactSum[] sums, ExactSum[] products, ExactSum cubes)
    {
        _sums = sums;
        _products = products;
        _cubes = cubes;
    }

    /// <summary>Number of columns.</summary>
    public int Columns => _sums.Length;

    /// <summary>Adds a unit's row.</summary>
    public void Add(double value, ReadOnlySpan<double> covariates)
    {
        Span<double> row = stackalloc double[Columns];
        Fill(row, value, covariates);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            _sums[i].Add(row[i]);
            for (var j = i; j < row.Length; j++)
                if (row[j] != 0) _products[Index(i, j)].Add(ExactProduct.Of(row[i], row[j]));
        }

        if (value != 0) _cubes.Add(ExactProduct.Of(value, value, value));
    }

    /// <summary>Takes a unit's row out again.</summary>
    public void Remove(double value, ReadOnlySpan<double> covariates)
    {
        Span<double> row = stackalloc double[Columns];
        Fill(row, value, covariates);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            _sums[i].Subtract(row[i]);
            for (var j = i; j < row.Length; j++)
                if (row[j] != 0) _products[Index(i, j)].Subtract(ExactProduct.Of(row[i], row[j]));
        }

        if (value != 0) _cubes.Subtract(ExactProduct.Of(value, value, value));
    }

    /// <summary>Adds all rows of another.</summary>
    public void Add(JointSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Columns != Columns) throw new ArgumentException($"Has {other.Columns} columns where {Columns} are summed.", nameof(other));
        for (var i = 0; i < _sums.Length; i++) _sums[i].Add(other._sums[i]);
        for (var i = 0; i < _products.Length; i++) _products[i].Add(other._products[i]);
        _cubes.Add(other._cubes);
    }

    /// <summary>A copy that lives its own life.</summary>
    public JointSums Clone() => new(Copy(_sums), Copy(_products), _cubes.Clone());

    /// <summary>The correctly rounded sum of the value column.</summary>
    public double Total => _sums[0].Round();

    /// <summary>Centred moments, derived in integer arithmetic (n·Σxy − Σx·Σy) ÷ n and rounded once.</summary>
    public JointMoments ToMoments(long count)
    {
        var means = ImmutableArray.CreateBuilder<double>(Columns);
        var scatter = ImmutableArray.CreateBuilder<double>(_products.Length);
        for (var i = 0; i < Columns; i++)
        {
            var (sum, exponent) = _sums[i].ToInteger();
            means.Add(count == 0 ? 0 : ExactRatio.Round(sum, count, exponent));
            for (var j = i; j < Columns; j++) scatter.Add(count == 0 ? 0 : Scatter(i, j, count));
        }

        return new JointMoments(count, means.MoveToImmutable(), scatter.MoveToImmutable());
    }

    /// <summary>Σ(y − ȳ)³ = (n²Σy³ − 3nΣyΣy² + 2(Σy)³) ÷ n², rounded once.</summary>
    public double ThirdCentralSum(long count)
    {
        if (count == 0) return 0;
        var (s, se) = _sums[0].ToInteger();
        var (q, qe) = _products[0].ToInteger();
        var (c, ce) = _cubes.ToInteger();
        var lowest = Math.Min(ce, Math.Min(se + qe, 3 * se));
        BigInteger n = count;
        var numerator = ((n * n * c) << (ce - lowest)) - ((3 * n * s * q) << (se + qe - lowest)) + ((2 * s * s * s) << ((3 * se) - lowest));
        return ExactRatio.Round(numerator, n * n, lowest);
    }

    /// <summary>Number of bytes that <see cref="Write"/> needs.</summary>
    public int EncodedLength => All.Sum(sum => sum.EncodedLength);

    /// <summary>Writes the canonical encoding.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        var written = 0;
        foreach (var sum in All) written += sum.Write(destination[written..]);
        return written;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static JointSums Read(ReadOnlySpan<byte> source, int columns)
    {
        var at = 0;
        var sums = new ExactSum[columns];
        var products = new ExactSum[columns * (columns + 1) / 2];
        for (var i = 0; i < sums.Length; i++) sums[i] = Next(source, ref at);
        for (var i = 0; i < products.Length; i++) products[i] = Next(source, ref at);
        return new JointSums(sums, products, Next(source, ref at));
    }

    private IEnumerable<ExactSum> All => [.. _sums, .. _products, _cubes];

    private static ExactSum Next(ReadOnlySpan<byte> source, ref int at)
    {
        var (sum, length) = ExactSum.Read(source[at..]);
        at += length;
        return sum;
    }

    private double Scatter(int i, int j, long count)
    {
        var (a, ae) = _sums[i].ToInteger();
        var (b, be) = _sums[j].ToInteger();
        var (p, pe) = _products[Index(i, j)].ToInteger();
        var lowest = Math.Min(pe, ae + be);
        return ExactRatio.Round(((count * p) << (pe - lowest)) - ((a * b) << (ae + be - lowest)), count, lowest);
    }

    private int Index(int i, int j) => (i * Columns) - (i * (i - 1) / 2) + (j - i);

    private static void Fill(Span<double> row, double value, ReadOnlySpan<double> covariates)
    {
        if (covariates.Length != row.Length - 1) throw new ArgumentException($"Has {covariates.Length} columns where {row.Length - 1} are summed.", nameof(covariates));
        row[0] = value;
        covariates.CopyTo(row[1..]);
    }

    private static ExactSum[] Zeros(int count)
    {
        var zeros = new ExactSum[count];
        for (var i = 0; i < count; i++) zeros[i] = new ExactSum();
        return zeros;
    }

    private static ExactSum[] Copy(ExactSum[] sums) => Array.ConvertAll(sums, sum => sum.Clone());
}
