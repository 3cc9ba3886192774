namespace Assay.Statistics;

/// <summary>Two Poisson rates, compared conditionally on the total number of events (Przyborowski &amp; Wilenski 1940).</summary>
/// <param name="RateRatio">(x_t/T_t) ÷ (x_c/T_c); +∞ without control events, NaN without any.</param>
/// <param name="PValue">Exact two-sided p-value: x_t given x_c + x_t is binomial.</param>
/// <param name="Exact">Clopper–Pearson interval of the ratio.</param>
/// <param name="StandardisedRoot">2(√(x_t + ⅜) − √((x_c + ⅜)T_t/T_c)) ÷ √(1 + T_t/T_c) (Huffman 1984).</param>
public sealed record PoissonRates(double RateRatio, double PValue, Interval Exact, double StandardisedRoot)
{
    /// <summary>For events and exposures of two arms.</summary>
    /// <param name="controlEvents">x_c ≥ 0.</param>
    /// <param name="controlExposure">T_c &gt; 0, in any unit (units, hours, requests).</param>
    /// <param name="treatmentEvents">x_t ≥ 0.</param>
    /// <param name="treatmentExposure">T_t &gt; 0, in the same unit.</param>
    /// <param name="alpha">Two-sided level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative events, an exposure that is not positive, or α outside (0, 1).</exception>
    public static PoissonRates Of(long controlEvents, double controlExposure, long treatmentEvents, double treatmentExposure, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(controlEvents);
        ArgumentOutOfRangeException.ThrowIfNegative(treatmentEvents);
        Check.Positive(controlExposure);
        Check.Positive(treatmentExposure);
        Check.Level(alpha);
        var total = controlEvents + treatmentEvents;
        double exposures = treatmentExposure / controlExposure;
        if (total == 0) return new PoissonRates(double.NaN, 1, new Interval(0, double.PositiveInfinity), 2 * Math.Sqrt(0.375) * (1 - Math.Sqrt(exposures)) / Math.Sqrt(1 + exposures));
        double share = treatmentExposure / (controlExposure + treatmentExposure);
        var interval = BinomialTest.ClopperPearson(treatmentEvents, total, alpha);
        var root = 2 * (Math.Sqrt(treatmentEvents + 0.375) - Math.Sqrt((controlEvents + 0.375) * exposures)) / Math.Sqrt(1 + exposures);
        return new PoissonRates(
            treatmentEvents / (double)controlEvents / exposures,
            BinomialTest.Of(treatmentEvents, total, share).PValue,
            new Interval(interval.Lower / (1 - interval.Lower) / exposures, interval.Upper == 1 ? double.PositiveInfinity : interval.Upper / (1 - interval.Upper) / exposures),
            root);
    }

    /// <summary>ln of the ratio with Wald's variance 1/x_c + 1/x_t; undetermined when an arm has no event (delta method; Casella &amp; Berger 2002, §5.5.4).</summary>
    /// <param name="controlEvents">x_c.</param>
    /// <param name="controlExposure">T_c &gt; 0.</param>
    /// <param name="treatmentEvents">x_t.</param>
    /// <param name="treatmentExposure">T_t &gt; 0, in the same unit.</param>
    public static Outcome<Estimate> LogRatio(long controlEvents, double controlExposure, long treatmentEvents, double treatmentExposure)
    {
        if (controlEvents == 0 || treatmentEvents == 0) return Reason.ZeroBaseline;
        var log = Math.Log(treatmentEvents / (double)controlEvents * (controlExposure / treatmentExposure));
        return new Estimate(log, (1.0 / controlEvents) + (1.0 / treatmentEvents), double.PositiveInfinity);
    }
}
