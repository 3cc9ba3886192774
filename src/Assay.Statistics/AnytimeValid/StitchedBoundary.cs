using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Polynomially stitched boundaries, which grow like √(v ln ln v) (Howard, Ramdas, McAuliffe &amp; Sekhon 2021; Howard &amp; Ramdas 2022).</summary>
public static class StitchedBoundary
{
    /// <summary>One-sided boundary of a sub-gamma process at intrinsic time v.</summary>
    /// <param name="time">v.</param>
    /// <param name="alpha">Level of the one side.</param>
    /// <param name="earliest">v_min, from where the boundary is tight.</param>
    /// <param name="scale">c of the sub-gamma tail; 0 is sub-Gaussian.</param>
    /// <param name="power">s in (1, 100].</param>
    /// <param name="spacing">η in (1, 10⁶].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Polynomial(double time, double alpha, double earliest, double scale = 0, double power = 1.4, double spacing = 2)
    {
        if (!(time is >= 0 and <= Check.LargestValue)) throw new ArgumentOutOfRangeException(nameof(time), time, "Must be within 0 and 1e150.");
        Check.Level(alpha);
        Check.Scale(earliest);
        if (!(scale is >= 0 and <= Check.LargestValue)) throw new ArgumentOutOfRangeException(nameof(scale), scale, "Must be within 0 and 1e150.");
        Shape(power, spacing);
        var v = Math.Max(time, earliest);
        var spread = (power * Math.Log(Math.Log(spacing * v / earliest))) + Math.Log(Zeta(power)) - Math.Log(alpha) - (power * Math.Log(Math.Log(spacing)));
        return Combine(v * spread, scale * spread, spacing);
    }

    /// <summary>Boundary of t·(F̂(Q(p)) − p), uniform over t and p (Howard &amp; Ramdas 2022, theorem 2).</summary>
    /// <param name="count">t.</param>
    /// <param name="p">Level of the quantile.</param>
    /// <param name="alpha">Level.</param>
    /// <param name="earliest">t from where the boundary is tight.</param>
    /// <param name="delta">Spacing over p.</param>
    /// <param name="power">s in (1, 100].</param>
    /// <param name="spacing">η in (1, 10⁶].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Quantile(double count, double p, double alpha, double earliest, double delta = 0.5, double power = 1.4, double spacing = 2)
    {
        if (!(count is >= 0 and <= Check.LargestValue)) throw new ArgumentOutOfRangeException(nameof(count), count, "Must be within 0 and 1e150.");
        Check.Level(p);
        Check.Level(alpha);
        Check.Scale(earliest);
        Check.Scale(delta);
        Shape(power, spacing);
        double t = Math.Max(count, earliest), logit = Math.Log(p) - Elementary.LogOnePlus(-p), zeta = Zeta(power);
        var r = p >= 0.5 ? p : Math.Min(0.5, Beta.Logistic(logit + (2 * delta * Math.Sqrt(earliest * spacing / t))));
        var variance = r * (1 - r);
        var level = (Math.Sqrt(t / earliest) * Math.Abs(logit) / (2 * delta)) + 1;
        var spread = (power * Math.Log(Math.Log(spacing * t / earliest))) + (power * Math.Log(level))
            + Math.Log(2 * zeta * ((2 * zeta) + 1)) - Math.Log(alpha) - (power * Math.Log(Math.Log(spacing)));
        return (delta * Math.Sqrt(spacing * t * variance / earliest)) + Combine(variance * t * spread, (1 - (2 * p)) / 3 * spread, spacing);
    }

    private static void Shape(double power, double spacing)
    {
        if (!(power is > 1 and <= 100)) throw new ArgumentOutOfRangeException(nameof(power), power, "Must lie above 1, up to 100.");
        if (!(spacing is > 1 and <= 1e6)) throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "Must lie above 1, up to a million.");
    }

    private static double Combine(double spread, double linear, double spacing)
    {
        double k1 = (Math.Pow(spacing, 0.25) + Math.Pow(spacing, -0.25)) / Math.Sqrt(2), shift = (Math.Sqrt(spacing) + 1) / 2 * linear;
        return Math.Sqrt((k1 * k1 * spread) + (shift * shift)) + shift;
    }

    /// <summary>Riemann's ζ for s &gt; 1: a partial sum and the Euler–Maclaurin remainder.</summary>
    private static double Zeta(double s)
    {
        const int terms = 30;
        double sum = 0, n = terms;
        for (var k = 1; k < terms; k++) sum += Math.Pow(k, -s);
        var last = Math.Pow(n, -s);
        return sum + (last * n / (s - 1)) + (last / 2) + (s * last / n / 12) - (s * (s + 1) * (s + 2) * last / (n * n * n) / 720)
            + (s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * last / Math.Pow(n, 5) / 30240);
    }
}
