namespace Assay.Analysis.Calibration.Chance;

internal sealed partial class Draws
{
    /// <summary>From this mean on a count is drawn by rejection; below it, by adding up probabilities.</summary>
    private const double Rejection = 10;

    private static readonly double[] SmallRemainders = [.. Enumerable.Range(0, 10).Select(k => LogFactorial(k) - Stirling(k))];

    /// <summary>Successes of so many trials: exact, in a time that does not grow with them.</summary>
    public int Binomial(int trials, double probability)
    {
        if (trials == 0 || probability <= 0) return 0;
        if (probability > 0.5) return trials - Binomial(trials, 1 - probability);
        return trials * probability < Rejection ? BinomialByInversion(trials, probability) : BinomialByRejection(trials, probability);
    }

    /// <summary>A Poisson count: exact, in a time that does not grow with the mean.</summary>
    public int Poisson(double mean)
    {
        if (mean >= Rejection) return PoissonByRejection(mean);
        double left = Uniform(), mass = Math.Exp(-mean);
        var count = 0;
        for (; left > mass && mass > 0; mass *= mean / count)
        {
            left -= mass;
            count++;
        }

        return count;
    }

    private int BinomialByInversion(int trials, double probability)
    {
        double odds = probability / (1 - probability), left = Uniform(), mass = Math.Exp(trials * Math.Log(1 - probability));
        for (var k = 0; k < trials; k++)
        {
            if (left <= mass) return k;
            left -= mass;
            mass *= odds * (trials - k) / (k + 1);
        }

        return trials;
    }

    /// <summary>Transformed rejection with squeeze (Hörmann 1993, algorithm BTRS).</summary>
    private int BinomialByRejection(int n, double p)
    {
        double odds = p / (1 - p), deviation = Math.Sqrt(n * p * (1 - p)), mode = Math.Floor((n + 1) * p);
        double b = 1.15 + (2.53 * deviation), a = -0.0873 + (0.0248 * b) + (0.01 * p), top = 0.92 - (4.2 / b), scale = (2.83 + (5.1 / b)) * deviation;
        while (true)
        {
            double u = Uniform() - 0.5, v = Uniform(), s = 0.5 - Math.Abs(u), k = Math.Floor((((2 * a / s) + b) * u) + (n * p) + 0.5);
            if (s >= 0.07 && v <= top) return (int)k;
            if (k < 0 || k > n) continue;
            var bound = ((mode + 0.5) * Math.Log((mode + 1) / (odds * (n - mode + 1))))
                + ((n + 1.0) * Math.Log((n - mode + 1) / (n - k + 1)))
                + ((k + 0.5) * Math.Log(odds * (n - k + 1) / (k + 1)))
                + Remainder(mode) + Remainder(n - mode) - Remainder(k) - Remainder(n - k);
            if (Math.Log(v * scale / ((a / (s * s)) + b)) <= bound) return (int)k;
        }
    }

    /// <summary>Transformed rejection with squeeze (Hörmann 1993, algorithm PTRS).</summary>
    private int PoissonByRejection(double mean)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean)), a = -0.059 + (0.02483 * b), top = 0.9277 - (3.6224 / (b - 2)), scale = 1.1239 + (1.1328 / (b - 3.4)), log = Math.Log(mean);
        while (true)
        {
            double u = Uniform() - 0.5, v = Uniform(), s = 0.5 - Math.Abs(u), k = Math.Floor((((2 * a / s) + b) * u) + mean + 0.43);
            if (s >= 0.07 && v <= top) return (int)k;
            if (k < 0 || (s < 0.013 && v > s)) continue;
            if (Math.Log(v * scale / ((a / (s * s)) + b)) <= (k * log) - mean - Stirling(k) - Remainder(k)) return (int)k;
        }
    }

    /// <summary>ln k! = (k + ½)ln(k + 1) − (k + 1) + ½ln 2π + <see cref="Remainder"/>.</summary>
    private static double Stirling(double k) => ((k + 0.5) * Math.Log(k + 1)) - (k + 1) + (0.5 * Math.Log(2 * Math.PI));

    private static double Remainder(double k)
    {
        if (k < 10) return SmallRemainders[(int)k];
        double over = 1 / (k + 1), square = over * over;
        return ((1.0 / 12) - (((1.0 / 360) - (square / 1260)) * square)) * over;
    }

    private static double LogFactorial(int k)
    {
        double sum = 0;
        for (var i = 2; i <= k; i++) sum += Math.Log(i);
        return sum;
    }
}
