using System.Text.RegularExpressions;
using CsCheck;

namespace Assay.Statistics.Tests.Totality;

/// <summary>The arguments of one call: mostly ordinary, so that a call passes the door often enough, and at every place the numbers that break arithmetic.</summary>
internal sealed partial class Draw
{
    private static readonly Gen<double> Nasty = Gen.OneOf(
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.Epsilon, -double.Epsilon, 1e-310, 1e-300, -1e-300, 1e300, -1e300, double.MaxValue, double.MinValue,
        1e150, -1e150, 1e-150, 1e151, 1e9, -1e9, 1, -1, 0.5, 1 - 1.2e-16, 1 + 2.3e-16);

    private static readonly Gen<double> Level = Gen.OneOf<double>(Gen.Double.Unit, Gen.OneOf(0.05, 0.5, 0.8, 0.025, 1e-3, 1e-6, 1e-12, 0.999, 1 - 1e-9));

    private static readonly Gen<double> Plain = Gen.OneOf<double>(
        Gen.Double.Unit.Select(u => (10 * u) - 5), Gen.Double.Unit.Select(u => Math.Exp((24 * u) - 12)), Gen.OneOf<double>(0, 1, 1, 2, 10, 100, 10_000, 1e9, 1e12, 0.1, 0.5, -1, -3, -40, 40));

    private static readonly Gen<long> Counts = Gen.OneOf<long>(
        Gen.Long[0, 30], Gen.Long[0, 10_000], Gen.OneOf<long>(0, 1, 2, 100, 1_000_000, 1_000_000_000, 1_000_000_000_000, 999_999_999_999, Check.LargestCount));

    private readonly PCG _pcg;

    public Draw(uint stream, ulong seed)
    {
        _pcg = new PCG(stream, seed);
        Length = Of(Gen.OneOf(0, 1, 1, 2, 2, 3, 4, 6));
        Columns = Of(Gen.OneOf(1, 2, 2, 2, 3, 4));
    }

    /// <summary>What most lists of a call have in common, for functions that take several.</summary>
    public int Length { get; }

    /// <summary>The columns that most joint moments of a call have.</summary>
    public int Columns { get; }

    public T Of<T>(Gen<T> gen) => gen.Generate(_pcg, null, out _);

    /// <summary>True so many times in a hundred.</summary>
    public bool Rarely(int percent) => Of(Gen.Int[0, 99]) < percent;

    public double Number(string name)
    {
        if (Rarely(7)) return Of(Nasty);
        if (name is "covariance" && Rarely(70)) return 0;
        if (name is "above one") return 1 + Of(Gen.Double.Unit.Select(u => Math.Exp((6 * u) - 5)));
        if (Levels().IsMatch(name)) return Of(Level);
        return Positives().IsMatch(name) && !Rarely(6) ? Positive() : Of(Plain);
    }

    public double Positive() => Rarely(8) ? Of(Nasty) : Of(Gen.Double.Unit.Select(u => Math.Exp((12 * u) - 6)));

    public long Count(string name)
    {
        if (Rarely(4)) return Of(Gen.OneOf(-1L, long.MinValue, long.MaxValue, Check.LargestCount + 1));
        return Of(Counts);
    }

    public int Small(string name)
    {
        if (Rarely(6)) return Of(Gen.OneOf(-1, int.MinValue, int.MaxValue, 1_001, 0));
        if (name is "numerator" or "denominator" or "ratios" or "i" or "j" or "column") return Of(Gen.Int[0, Columns - 1]);
        return name is "sign" or "direction" ? Of(Gen.OneOf(1, -1)) : name is "looks" or "look" or "stopLook" or "sides" ? Of(Gen.OneOf(1, 2, 2, 3, 5)) : Of(Gen.Int[0, 4]);
    }

    public int LengthOfList() => Rarely(8) ? Of(Gen.Int[0, 5]) : Length;

    /// <summary>A list of numbers of one of the shapes that functions ask for.</summary>
    public double[] Numbers(string name)
    {
        var values = new double[name is "theta" && !Rarely(10) ? Columns - 1 : LengthOfList()];
        var shape = name is "fractions" ? 1 : name is "weights" or "shares" ? 2 : Levels().IsMatch(name) ? 3 : name is "treatments" or "clusters" ? 4 : name is "sizes" or "shape" ? 7 : Of(Gen.Int[0, 6]);
        var offset = Of(Gen.OneOf(0, 0, 1, -3, 1e9));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = shape switch
            {
                1 => (i + 1.0) / values.Length,
                2 => 1.0 / values.Length,
                3 => Of(Level),
                4 => Of(Gen.OneOf(0.0, 1)),
                5 => offset,
                6 => Of(Plain),
                7 => Of(Gen.OneOf(0.5, 1, 2, 10, 1e4)),
                _ => offset + Of(Gen.Double[-3, 3]),
            };
        }

        if (name is "sorted" or "fractions") Array.Sort(values);
        if (values.Length > 0 && Rarely(12)) values[Of(Gen.Int[0, values.Length - 1])] = Of(Nasty);
        return values;
    }

    /// <summary>What is positive wherever it is asked for.</summary>
    [GeneratedRegex("^([ab]|.*[vV]ariance|.*[dD]eviation|standardError|degreesOfFreedom|freedom|shape|ratio|.*[sS]ize|earliest|time|scale|.*[tT]uning|precision|concentration|optimalCount|posteriors|effectiveVariance|clusterEffect|criticalValue|prior[AB]|control|treatment|difference|variation|bound|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Positives();

    [GeneratedRegex("^([pq]|pValues|weights|kappa|share|shares|.*[aA]lpha|power|beta|fraction|optimalFraction|plannedShare|.*Rate|baseline|alternative|nullProportion|correlation|margin|marginFraction|superiority|nonInferiority|deterioration|quality)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Levels();
}
