using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The score statistic of a difference of proportions, with nuisance probability at its restricted maximum likelihood.</summary>
internal static class ScoreDifference
{
    /// <summary>The interval of differences that the score test at α does not reject; <paramref name="factor"/> multiplies its variance.</summary>
    public static Outcome<Interval> Interval(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha, double factor)
    {
        Check.Level(alpha);
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount == 0 || treatmentCount == 0) return Reason.NoUnits;
        double xc = controlSuccesses, nc = controlCount, xt = treatmentSuccesses, nt = treatmentCount;
        double d = Proportions.Exactly(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount), z = Normal.TwoSidedCritical(alpha);
        // An empty or full table has no variance at d itself, where the test rejects nothing: look for the ends a hair away.
        var hair = Variance(xc, nc, xt, nt, d) > 0 ? 0 : d == 0 ? 1e-30 : 1e-15;
        Excess above = new(xc, nc, xt, nt, d, z, factor, 1), below = new(xc, nc, xt, nt, d, z, factor, -1);
        // A hair away may be outside already when next to nothing is in the set.
        var lower = d <= -1 ? -1 : above.At(d - hair) >= 0 ? d - hair : Roots.Bracketed(above, -1, d - hair);
        var upper = d >= 1 ? 1 : below.At(d + hair) >= 0 ? d + hair : Roots.Bracketed(below, d + hair, 1);
        return new Interval(lower, upper);
    }

    /// <summary>p_t q_t/n_t + p_c q_c/n_c at the maximum of the likelihood with p_t − p_c = δ held (Miettinen &amp; Nurminen 1985).</summary>
    public static double Variance(double xc, double nc, double xt, double nt, double delta)
    {
        var distance = Math.Abs(delta);
        if (distance >= 1) return 0;
        var (low, high) = delta >= 0 ? ((xc, nc), (xt, nt)) : ((xt, nt), (xc, nc));
        var (lowShare, highRest) = Restricted(low, high, distance);
        return (lowShare * (highRest + distance) / low.Item2) + ((lowShare + distance) * highRest / high.Item2);
    }

    /// <summary>The smaller share w and the rest q of the larger, w + distance + q = 1, that maximise the likelihood: the root of its score on the logit scale of w : q, so that neither loses digits next to 0.</summary>
    private static (double LowShare, double HighRest) Restricted((double X, double N) low, (double X, double N) high, double distance)
    {
        double room = 1 - distance, lowFailures = low.N - low.X, highFailures = high.N - high.X, total = low.N + high.N;
        if (distance == 0) return ((low.X + high.X) / total, (lowFailures + highFailures) / total);
        // Without successes below, or failures above, the maximum may lie on the edge.
        if (low.X == 0 && high.X / distance <= low.N + (highFailures / room)) return (0, room);
        if (highFailures == 0 && lowFailures / distance <= high.N + (low.X / room)) return (room, 0);
        double guess = (low.X + high.X - (high.N * distance)) / total, least = (low.X + 0.5) / (2 * total), most = room - ((highFailures + 0.5) / (2 * total));
        guess = most > least ? Math.Clamp(guess, least, most) : 0.5 * room;
        double from = Math.Log(guess / (room - guess)), to = from, step = 0.1;
        var score = new Score(low, high, distance);
        var rising = score.At(from) > 0;
        do
        {
            from = to;
            to += rising ? step : -step;
            step *= 2;
        }
        while (score.At(to) > 0 == rising && Math.Abs(to) < 745);
        if (score.At(to) > 0 == rising) return rising ? (room, 0) : (0, room);
        var logit = Roots.Bracketed(score, from, to);
        return (room * Beta.Logistic(logit), room * Beta.Logistic(-logit));
    }

    /// <summary>How far a difference is from d on its side, less what the test at α allows there.</summary>
    private readonly struct Excess(double xc, double nc, double xt, double nt, double d, double z, double factor, int side) : IFunction
    {
        public double At(double x) => (side * (d - x)) - (z * Math.Sqrt(factor * Variance(xc, nc, xt, nt, x)));
    }

    /// <summary>The score in w times w·q/(w + q), over the logit of w : q: free of poles.</summary>
    private readonly struct Score((double X, double N) low, (double X, double N) high, double distance) : IFunction
    {
        public double At(double x)
        {
            double room = 1 - distance, share = Beta.Logistic(x), rest = Beta.Logistic(-x), w = room * share, q = room * rest;
            return (low.X * rest) - ((high.N - high.X) * share) + (((high.X / (w + distance)) - ((low.N - low.X) / (q + distance))) * w * rest);
        }
    }
}
