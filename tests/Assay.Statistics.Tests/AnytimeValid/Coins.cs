namespace Assay.Statistics.Tests.AnytimeValid;

/// <summary>Seeded Bernoulli streams (SplitMix64), the same on every runtime; rare successes cost one draw each.</summary>
internal sealed class Coins(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Successes among n units.</summary>
    public long Successes(long n, double rate)
    {
        var logFailure = Math.Log(1 - rate);
        long successes = 0;
        for (var at = Math.Floor(Math.Log(1 - Uniform()) / logFailure); at < n; at += 1 + Math.Floor(Math.Log(1 - Uniform()) / logFailure)) successes++;
        return successes;
    }

    private double Uniform()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
