namespace Assay.Statistics;

/// <summary>∫ exp g(v) dv for an analytic g with one peak, tails of any length: the trapezoidal rule over w with v = peak + s·sinh w, its step halved until two sums agree.</summary>
/// <remarks>Its error is about the square of what the step before left (Trefethen &amp; Weideman 2014), so an agreement to 1e-7 is one of all digits.</remarks>
internal static class UnimodalIntegral
{
    private const double FirstStep = 0.2;
    private const double Agreement = 1e-7;
    private const int MostHalvings = 9;

    /// <summary>Terms below e⁻³⁸ of the peak are left out.</summary>
    private const double Fall = 38;

    /// <summary>The line is stretched from here on at the latest: an integrand over a logit bends within a few units of it.</summary>
    private const double Widest = 1;

    /// <summary>ln of the integral of the first, and of the second over the same nodes.</summary>
    public static (double First, double Second) Logs<TLogs>(TLogs g, double guess, double scale)
        where TLogs : struct, IPairOfLogs
    {
        var (peak, width) = Peak(g, guess, scale);
        var (top, beside) = g.At(peak);
        // No double is that small, nor its logarithm.
        if (!double.IsFinite(top)) return (double.NegativeInfinity, double.NegativeInfinity);
        double first = 1, second = Math.Exp(beside - top), left = 0, right = 0, step = FirstStep;
        while (Add(g, peak, width, top, -(left += step), ref first, ref second)) { }
        while (Add(g, peak, width, top, right += step, ref first, ref second)) { }
        for (var i = 0; i < MostHalvings; i++)
        {
            double more = 0, moreSecond = 0;
            for (var w = -left + (0.5 * step); w < right; w += step) Add(g, peak, width, top, w, ref more, ref moreSecond);
            var gap = Math.Abs(first - more);
            first += more;
            second += moreSecond;
            step *= 0.5;
            if (gap <= Agreement * first) break;
        }

        var unit = top + Math.Log(width * step);
        return (Math.Log(first) + unit, Math.Log(second) + unit);
    }

    /// <summary>Adds the terms at w, and says whether the first is worth going on.</summary>
    private static bool Add<TLogs>(TLogs g, double peak, double width, double top, double w, ref double first, ref double second)
        where TLogs : struct, IPairOfLogs
    {
        double e = Math.Exp(w), stretch = 0.5 * (e + (1 / e));
        var (log, other) = g.At(peak + (width * 0.5 * (e - (1 / e))));
        first += stretch * Math.Exp(log - top);
        second += stretch * Math.Exp(other - top);
        return log + Math.Log(stretch) > top - Fall;
    }

    /// <summary>Nearly the peak, with the standard deviation of a normal density as sharp.</summary>
    private static (double Peak, double Width) Peak<TLogs>(TLogs g, double guess, double scale)
        where TLogs : struct, IPairOfLogs
    {
        double at = guess, step = scale, here = g.At(at).First;
        var shrinks = false;
        for (var i = 0; i < 200; i++)
        {
            double ahead = g.At(at + step).First, behind = g.At(at - step).First;
            if (ahead > here || behind > here)
            {
                (at, here) = ahead >= behind ? (at + step, ahead) : (at - step, behind);
                if (!shrinks) step *= 2;
                continue;
            }

            var drop = here - ahead + here - behind;
            if (!(drop <= 4))
            {
                shrinks = true;
                step *= 0.25;
                continue;
            }

            // The parabola through the three points.
            return drop > 1e-6 ? (at + (0.5 * step * (ahead - behind) / drop), Math.Min(Widest, step / Math.Sqrt(drop))) : (at, Math.Min(Widest, 3 * step));
        }

        return (at, Math.Min(Widest, step));
    }
}

/// <summary>Logarithms of two integrands on the line; the first has one peak and decides where the nodes lie.</summary>
internal interface IPairOfLogs
{
    /// <summary>ln of both at v.</summary>
    (double First, double Second) At(double v);
}
