using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The normal mixture boundary of a martingale S with intrinsic time v (Howard, Ramdas, McAuliffe &amp; Sekhon 2021).</summary>
/// <remarks>Time v ≥ 0 is the variance of the sum so far, ρ &gt; 0 the tuning fixed before data, levels in (0, 1); what is outside is an <see cref="ArgumentOutOfRangeException"/>. e is the evidence against drift 0.</remarks>
public static class NormalMixture
{
    /// <summary>ρ that minimises the boundary at time v: v ÷ (−W₋₁(−α²/e) − 1); a one-sided boundary takes 2α.</summary>
    public static double Tuning(double optimalTime, double alpha)
    {
        Check.Scale(optimalTime);
        Check.Level(alpha);
        return optimalTime / (-LambertW.LowerOfMinusExp((2 * Math.Log(alpha)) - 1) - 1);
    }

    /// <summary>The approximation v ÷ (2 ln(1/α) + ln(1 + 2 ln(1/α))).</summary>
    internal static double ApproximateTuning(double optimalTime, double alpha)
    {
        Check.Scale(optimalTime);
        Check.Level(alpha);
        var twice = -2 * Math.Log(alpha);
        return optimalTime / (twice + Math.Log(1 + twice));
    }

    /// <summary>Two-sided: √((v + ρ)(2 ln(1/α) + ln((v + ρ)/ρ))).</summary>
    public static double Boundary(double time, double alpha, double tuning)
    {
        Time(time);
        Check.Level(alpha);
        Check.Scale(tuning);
        return Math.Sqrt((time + tuning) * (Elementary.LogOnePlus(time / tuning) - (2 * Math.Log(alpha))));
    }

    /// <summary>Two-sided ln e = ½ ln(ρ/(v + ρ)) + s²/(2(v + ρ)).</summary>
    public static double LogEvidence(double sum, double time, double tuning)
    {
        Time(time);
        Check.Scale(tuning);
        Check.Measured(sum);
        return (0.5 * sum / (time + tuning) * sum) - (0.5 * Elementary.LogOnePlus(time / tuning));
    }

    /// <summary>One-sided ln e = ln 2 + ½ ln(ρ/(v + ρ)) + s²/(2(v + ρ)) + ln Φ(s/√(v + ρ)).</summary>
    public static double OneSidedLogEvidence(double sum, double time, double tuning)
    {
        var twoSided = LogEvidence(sum, time, tuning);
        var z = sum / Math.Sqrt(time + tuning);
        // Far below 0 the square cancels that in ln Φ: what is left is the scaled complement.
        return z < -1
            ? Math.Log(ErrorFunction.Scaled(-z / Math.Sqrt(2))) - (0.5 * Elementary.LogOnePlus(time / tuning))
            : Elementary.LnTwo + twoSided + Normal.LogSurvival(-z);
    }

    /// <summary>The one-sided boundary: s at which e = 1/α.</summary>
    public static double OneSidedBoundary(double time, double alpha, double tuning)
    {
        var twoSided = Boundary(time, alpha, tuning);
        var target = -Math.Log(alpha);
        return Roots.Monotone(s => OneSidedLogEvidence(s, time, tuning) - target, twoSided, 0.1 * Math.Sqrt(time + tuning));
    }

    private static void Time(double time)
    {
        if (!(time is >= 0 and <= Check.LargestValue)) throw new ArgumentOutOfRangeException(nameof(time), time, "Must be within 0 and 1e150.");
    }
}
