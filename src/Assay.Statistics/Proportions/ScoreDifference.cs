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
        double d = (xt / nt) - (xc / nc), z = Normal.TwoSidedCritical(alpha);
        // An empty or full table has no variance at d itself, where the test rejects nothing: look for the ends a hair away.
        const double hair = 1e-14;
        var lower = d <= -1 ? -1 : Roots.Bracketed(delta => Excess(delta, 1), -1, d - hair);
        var upper = d >= 1 ? 1 : Roots.Bracketed(delta => Excess(delta, -1), d + hair, 1);
        return new Interval(lower, upper);

        double Excess(double delta, int side)
        {
            var error = Math.Sqrt(factor * Variance(xc, nc, xt, nt, delta));
            return (side * (d - delta)) - (z * error);
        }
    }

    /// <summary>p_t q_t/n_t + p_c q_c/n_c at the maximum of the likelihood with p_t − p_c = δ held.</summary>
    public static double Variance(double xc, double nc, double xt, double nt, double delta)
    {
        var control = RestrictedControl(xc, nc, xt, nt, delta);
        var treatment = Math.Clamp(control + delta, 0, 1);
        return (treatment * (1 - treatment) / nt) + (control * (1 - control) / nc);
    }

    /// <summary>The control probability that maximises the likelihood with p_t − p_c = δ: the middle root of a cubic (Miettinen &amp; Nurminen 1985, appendix), polished on the score.</summary>
    private static double RestrictedControl(double xc, double nc, double xt, double nt, double delta)
    {
        double low = Math.Max(0, -delta), high = Math.Min(1, 1 - delta);
        if (high <= low) return low;
        double total = nc + nt, successes = xc + xt;
        if (delta == 0) return successes / total;
        var l2 = (((nt + (2 * nc)) * delta) - total - successes) / total;
        var l1 = (((nc * delta) - total - (2 * xc)) * delta / total) + (successes / total);
        var l0 = xc * delta * (1 - delta) / total;
        var c = (l2 * l2 * l2 / 27) - (l1 * l2 / 6) + (l0 / 2);
        var b = Math.CopySign(Math.Sqrt(Math.Max(0, (l2 * l2 / 9) - (l1 / 3))), c);
        var cube = b * b * b;
        var angle = (Math.PI + Math.Acos(cube == 0 ? 0 : Math.Clamp(c / cube, -1, 1))) / 3;
        var p = Math.Clamp((2 * b * Math.Cos(angle)) - (l2 / 3), low, high);
        for (var i = 0; i < 3 && p > low && p < high; i++)
        {
            var t = p + delta;
            var score = Term(xc, p) - Term(nc - xc, 1 - p) + Term(xt, t) - Term(nt - xt, 1 - t);
            var information = Term(xc, p * p) + Term(nc - xc, (1 - p) * (1 - p)) + Term(xt, t * t) + Term(nt - xt, (1 - t) * (1 - t));
            var next = p + (score / information);
            if (!(next > low && next < high)) break;
            var converged = Math.Abs(next - p) <= 1e-15 * p;
            p = next;
            if (converged) break;
        }

        return p;

        static double Term(double x, double over) => x == 0 ? 0 : x / over;
    }
}
