using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Arithmetic of e-values: evidence whose expectation under the null is at most 1 (Vovk &amp; Wang 2021; Wang &amp; Ramdas 2022).</summary>
public static class EValues
{
    /// <summary>κ·p^(κ − 1), a p-value as an e-value, +∞ at p = 0 (Vovk &amp; Wang 2021, §2).</summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="kappa">κ in (0, 1), chosen before the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Calibrate(double p, double kappa = 0.5)
    {
        Check.Probability(p);
        Check.Level(kappa);
        return kappa * Math.Pow(p, kappa - 1);
    }

    /// <summary>1/√p − 1, +∞ at p = 0 (Shafer 2021).</summary>
    public static double CalibrateByShafer(double p)
    {
        Check.Probability(p);
        return p == 0 ? double.PositiveInfinity : Elementary.ExpMinusOne(-0.5 * Math.Log(p));
    }

    /// <summary>(1 − p + p ln p) ÷ (p ln² p), the mixture over κ; ½ at p = 1, +∞ at p = 0.</summary>
    public static double CalibrateByMixture(double p)
    {
        Check.Probability(p);
        if (p == 0) return double.PositiveInfinity;
        var log = Math.Log(p);
        if (log > -0.5) return Series(log);
        return (1 - p + (p * log)) / (p * log * log);

        // (e^−L − 1 + L)/L² = ½ − L/6 + L²/24 − … with L = ln p ≤ 0: no term is negative.
        static double Series(double l)
        {
            double sum = 0.5, term = 0.5;
            for (var k = 3; term > sum * 1e-17; k++) sum += term *= -l / k;
            return sum;
        }
    }

    /// <summary>min(1, 1/e), by Markov's inequality.</summary>
    /// <param name="e">≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public static double ToPValue(double e)
    {
        Evidence([e], nameof(e));
        return e < 1 ? 1 : 1 / e;
    }

    /// <summary>The arithmetic mean: an e-value under any dependence; +∞ when one of them is.</summary>
    /// <param name="values">At least one e-value, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No value, or a negative one.</exception>
    public static double Average(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        Evidence(values, nameof(values));
        double sum = 0;
        foreach (var e in values) sum += e;
        if (double.IsFinite(sum)) return sum / values.Length;
        sum = 0;
        foreach (var e in values) sum += e / values.Length;
        return sum;
    }

    /// <summary>The product: an e-value when they are independent or sequential; 0 when one of them is, since what has been lost is not won back, otherwise +∞ beyond a double; 1 for none.</summary>
    /// <param name="values">e-values, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public static double Product(ReadOnlySpan<double> values)
    {
        Evidence(values, nameof(values));
        double product = 1, exponent = 0;
        foreach (var e in values)
        {
            if (e == 0) return 0;
            if (double.IsInfinity(e)) exponent = double.PositiveInfinity;
            // Exponents apart, so that no partial product leaves the range of a double.
            var scale = double.IsInfinity(e) ? 0 : Math.ILogB(e);
            product *= double.IsInfinity(e) ? 1 : Math.ScaleB(e, -scale);
            var carry = Math.ILogB(product);
            (product, exponent) = (Math.ScaleB(product, -carry), exponent + scale + carry);
        }

        return Math.ScaleB(product, (int)Math.Clamp(exponent, -3000, 3000));
    }

    /// <summary>Adjusted p-values of the e-BH procedure, in input order: reject where ≤ α; false discovery rate ≤ α under any dependence (Wang &amp; Ramdas 2022).</summary>
    /// <param name="values">One e-value a hypothesis, ≥ 0.</param>
    /// <returns>min over j ≥ k of m ÷ (j·e₍ⱼ₎), at most 1.</returns>
    public static ImmutableArray<double> BenjaminiHochberg(ReadOnlySpan<double> values)
    {
        Evidence(values, nameof(values));
        var e = values.ToArray();
        var order = Enumerable.Range(0, e.Length).OrderByDescending(i => e[i]).ThenBy(i => i).ToArray();
        var adjusted = new double[e.Length];
        double running = 1;
        for (var k = e.Length; k >= 1; k--)
        {
            // An e-value may be −0.
            running = Math.Min(running, e.Length / Math.Abs(k * e[order[k - 1]]));
            adjusted[order[k - 1]] = running;
        }

        return [.. adjusted];
    }

    private static void Evidence(ReadOnlySpan<double> values, string name)
    {
        foreach (var e in values)
        {
            if (!(e >= 0)) throw new ArgumentOutOfRangeException(name, e, "An e-value is not negative.");
        }
    }
}
