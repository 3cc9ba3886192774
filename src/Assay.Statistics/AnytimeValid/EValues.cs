using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Arithmetic of e-values: evidence whose expectation under the null is at most 1 (Vovk &amp; Wang 2021; Wang &amp; Ramdas 2022).</summary>
public static class EValues
{
    /// <summary>κ·p^(κ − 1), a p-value as an e-value (Vovk &amp; Wang 2021, §2).</summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="kappa">κ in (0, 1), chosen before the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double Calibrate(double p, double kappa = 0.5)
    {
        Check.Probability(p);
        Check.Level(kappa);
        return kappa * Math.Pow(p, kappa - 1);
    }

    /// <summary>1/√p − 1 (Shafer 2021).</summary>
    public static double CalibrateByShafer(double p)
    {
        Check.Probability(p);
        return (1 / Math.Sqrt(p)) - 1;
    }

    /// <summary>(1 − p + p ln p) ÷ (p ln² p), the mixture over κ; ½ at p = 1.</summary>
    public static double CalibrateByMixture(double p)
    {
        Check.Probability(p);
        if (p == 0) return double.PositiveInfinity;
        var log = Math.Log(p);
        if (log > -0.02) return Series(log);
        return (1 - p + (p * log)) / (p * log * log);

        // (e^−L − 1 + L)/L² with L = ln p.
        static double Series(double l) => 0.5 + (l * ((-1.0 / 6) + (l * ((1.0 / 24) + (l * ((-1.0 / 120) + (l * ((1.0 / 720) - (l / 5040)))))))));
    }

    /// <summary>min(1, 1/e), by Markov's inequality.</summary>
    /// <param name="e">≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public static double ToPValue(double e)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(e);
        return Math.Min(1, 1 / e);
    }

    /// <summary>The arithmetic mean: an e-value under any dependence.</summary>
    /// <param name="values">At least one e-value, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No value.</exception>
    public static double Average(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        double sum = 0;
        foreach (var e in values) sum += e;
        return sum / values.Length;
    }

    /// <summary>The product: an e-value when they are independent or sequential; 1 for none.</summary>
    /// <param name="values">e-values, ≥ 0.</param>
    public static double Product(ReadOnlySpan<double> values)
    {
        double product = 1;
        foreach (var e in values) product *= e;
        return product;
    }

    /// <summary>Adjusted p-values of the e-BH procedure, in input order: reject where ≤ α; false discovery rate ≤ α under any dependence (Wang &amp; Ramdas 2022).</summary>
    /// <param name="values">One e-value a hypothesis, ≥ 0.</param>
    /// <returns>min over j ≥ k of m ÷ (j·e₍ⱼ₎), at most 1.</returns>
    public static ImmutableArray<double> BenjaminiHochberg(ReadOnlySpan<double> values)
    {
        var e = values.ToArray();
        var order = Enumerable.Range(0, e.Length).OrderByDescending(i => e[i]).ThenBy(i => i).ToArray();
        var adjusted = new double[e.Length];
        double running = 1;
        for (var k = e.Length; k >= 1; k--)
        {
            running = Math.Min(running, e.Length / (k * e[order[k - 1]]));
            adjusted[order[k - 1]] = running;
        }

        return [.. adjusted];
    }
}
