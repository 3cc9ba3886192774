namespace Assay.Statistics;

/// <summary>Two Poisson rates, compared conditionally on the total number of events (Przyborowski &amp; Wilenski 1940).</summary>
/// <param name="RateRatio">(x_t/T_t) ÷ (x_c/T_c), +∞ without control events; undetermined without any event.</param>
/// <param name="PValue">Exact two-sided p-value: x_t given x_c + x_t is binomial.</param>
/// <param name="Exact">Clopper–Pearson interval of the ratio.</param>
/// <param name="StandardisedRoot">2(√(x_t + ⅜) − √((x_c + ⅜)T_t/T_c)) ÷ √(1 + T_t/T_c) (Huffman 1984).</param>
public sealed record PoissonRates(Outcome<double> RateRatio, double PValue, Interval Exact, double StandardisedRoot)
{
    /// <summary>For events and exposures of two arms.</summary>
    /// <param name="controlEvents">x_c, between 0 and 2⁶⁰.</param>
    /// <param name="controlExposure">T_c &gt; 0 within 1e±150, in any unit (units, hours, requests).</param>
    /// <param name="treatmentEvents">x_t ≥ 0, with x_c at most 2⁶⁰.</param>
    /// <param name="treatmentExposure">T_t &gt; 0 within 1e±150, in the same unit.</param>
    /// <param name="alpha">Two-sided level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of events or an exposure outside its range, or α outside (0, 1).</exception>
    public static PoissonRates Of(long controlEvents, double controlExposure, long treatmentEvents, double treatmentExposure, double alpha)
    {
        Check.Count(controlEvents);
        Check.Count(treatmentEvents);
        Check.Scale(controlExposure);
        Check.Scale(treatmentExposure);
        Check.Level(alpha);
        double ratio = treatmentExposure / controlExposure;
        var root = 2 * (Math.Sqrt(treatmentEvents + 0.375) - Math.Sqrt((controlEvents + 0.375) * ratio)) / Math.Sqrt(1 + ratio);
        var total = controlEvents + treatmentEvents;
        Check.Count(total, nameof(treatmentEvents));
        if (total == 0) return new PoissonRates(Reason.NoUnits, 1, new Interval(0, double.PositiveInfinity), root);
        // By the arm with the smaller expected share, whose probability keeps its digits.
        var test = ratio <= 1
            ? BinomialTest.Of(treatmentEvents, total, ratio / (1 + ratio))
            : BinomialTest.Of(controlEvents, total, 1 / (1 + ratio));
        return new PoissonRates(treatmentEvents / (double)controlEvents / ratio, test.PValue, Odds(controlEvents, treatmentEvents, ratio, alpha), root);
    }

    /// <summary>ln of the ratio with Wald's variance 1/x_c + 1/x_t; undetermined when an arm has no event (delta method; Casella &amp; Berger 2002, §5.5.4).</summary>
    /// <param name="controlEvents">x_c, between 0 and 2⁶⁰.</param>
    /// <param name="controlExposure">T_c &gt; 0, within 1e±150.</param>
    /// <param name="treatmentEvents">x_t, between 0 and 2⁶⁰.</param>
    /// <param name="treatmentExposure">T_t &gt; 0, within 1e±150, in the same unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of events or an exposure outside its range.</exception>
    public static Outcome<Estimate> LogRatio(long controlEvents, double controlExposure, long treatmentEvents, double treatmentExposure)
    {
        Check.Count(controlEvents);
        Check.Count(treatmentEvents);
        Check.Scale(controlExposure);
        Check.Scale(treatmentExposure);
        if (controlEvents == 0 || treatmentEvents == 0) return Reason.ZeroBaseline;
        var log = Math.Log(treatmentEvents / (double)controlEvents / (treatmentExposure / controlExposure));
        return new Estimate(log, (1.0 / controlEvents) + (1.0 / treatmentEvents), double.PositiveInfinity);
    }

    /// <summary>The interval of the treatment's share of events as odds, from whichever share is the smaller.</summary>
    private static Interval Odds(long controlEvents, long treatmentEvents, double ratio, double alpha)
    {
        if (treatmentEvents <= controlEvents)
        {
            var share = BinomialTest.ClopperPearson(treatmentEvents, controlEvents + treatmentEvents, alpha);
            return new Interval(share.Lower / (1 - share.Lower) / ratio, share.Upper == 1 ? double.PositiveInfinity : share.Upper / (1 - share.Upper) / ratio);
        }

        var rest = BinomialTest.ClopperPearson(controlEvents, controlEvents + treatmentEvents, alpha);
        return new Interval((1 - rest.Upper) / rest.Upper / ratio, rest.Lower == 0 ? double.PositiveInfinity : (1 - rest.Lower) / rest.Lower / ratio);
    }
}
