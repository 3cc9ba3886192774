using System.Numerics;

namespace Assay.Analysis.Calibration.Chance;

/// <summary>The random numbers of one run of one simulation: a counter, hashed (SplitMix64; Steele, Lea &amp; Flood 2014).</summary>
/// <remarks>Start and stride both derive from (seed, simulation, run), so that run 17 draws the same numbers on whatever thread it runs, and no two runs walk one sequence.</remarks>
internal sealed partial class Draws
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _stride;
    private ulong _state;
    private double _spare = double.NaN;

    public Draws(ulong seed, ulong simulation, ulong run)
    {
        _state = Mix(Mix(Mix(seed + Golden) ^ simulation) + (run * Golden));
        var stride = Mix(_state ^ 0xD1B54A32D192ED03) | 1;
        // A stride of few bit changes would make neighbouring states alike.
        _stride = BitOperations.PopCount(stride ^ (stride >> 1)) < 24 ? stride ^ 0xAAAAAAAAAAAAAAAA : stride;
    }

    /// <summary>A number for a name, the same everywhere (FNV-1a).</summary>
    public static ulong Key(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in name) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }

    /// <summary>Uniform on (0, 1), the middle of one of 2⁵³ cells.</summary>
    public double Uniform() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>One of 0…count − 1, each as likely.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Standard normal, by Marsaglia's polar method (1964); every second one was drawn with the one before.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var kept = _spare;
            _spare = double.NaN;
            return kept;
        }

        while (true)
        {
            double x = (2 * Uniform()) - 1, y = (2 * Uniform()) - 1, square = (x * x) + (y * y);
            if (square >= 1 || square == 0) continue;
            var scale = Math.Sqrt(-2 * Math.Log(square) / square);
            _spare = y * scale;
            return x * scale;
        }
    }

    /// <summary>exp(σZ): median 1, mean exp(σ²/2).</summary>
    public double LogNormal(double sigma) => Math.Exp(sigma * Normal());

    /// <summary>Gamma with the given shape ≥ 1 and scale 1 (Marsaglia &amp; Tsang 2000).</summary>
    public double Gamma(double shape)
    {
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    /// <summary>Beta with both shapes ≥ 1.</summary>
    public double Beta(double a, double b)
    {
        var first = Gamma(a);
        return first / (first + Gamma(b));
    }

    private ulong Next() => Mix(_state += _stride);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
