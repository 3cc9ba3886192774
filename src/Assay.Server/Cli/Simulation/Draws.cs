namespace Assay.Server.Cli.Simulation;

/// <summary>Random numbers from a seed and a counter (SplitMix64; Steele, Lea &amp; Flood 2014): unit 17 behaves the same however many were drawn before it.</summary>
internal struct Draws(ulong seed, ulong stream)
{
    private ulong _state = Mix(seed + (0x9E3779B97F4A7C15UL * (stream + 1)));

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponential with the given mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Log-normal with mean 1 and the given standard deviation of the logarithm.</summary>
    public double LogNormal(double sigma) => Math.Exp((sigma * Normal()) - (sigma * sigma / 2));

    /// <summary>Poisson by counting exponential gaps; for small means.</summary>
    public int Poisson(double mean)
    {
        var count = 0;
        for (var left = mean; ; count++)
        {
            left -= Exponential(1);
            if (left < 0) return count;
        }
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
