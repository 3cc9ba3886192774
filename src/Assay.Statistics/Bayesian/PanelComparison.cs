using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two independent Beta variables A (control) and B (treatment), compared by quadrature on the logit scale, where every integrand is log-concave: for any shapes, however small or different.</summary>
/// <remarks>P(A &gt; B) = ∫ f_A(u)·F_B(u) du and E[(A − B)⁺] = ∫ F_B(1 − F_A) dx; the smaller of two complements is integrated and the other follows, so neither tail is a difference from 1.</remarks>
internal sealed class PanelComparison(double a1, double b1, double a2, double b2)
{
    private readonly BetaLogit _control = new(a1, b1);
    private readonly BetaLogit _treatment = new(a2, b2);

    /// <summary>P(B &gt; A) and P(A &gt; B).</summary>
    public (double TreatmentAbove, double ControlAbove) Probabilities()
    {
        var treatmentLikelyAbove = _treatment.Mean >= _control.Mean;
        var smaller = treatmentLikelyAbove ? ProbabilityAbove(_control, _treatment) : ProbabilityAbove(_treatment, _control);
        // The mean does not always tell which side is smaller; above one half the other side is integrated for its own digits.
        if (smaller > 0.5) (smaller, treatmentLikelyAbove) = (treatmentLikelyAbove ? ProbabilityAbove(_treatment, _control) : ProbabilityAbove(_control, _treatment), !treatmentLikelyAbove);
        return treatmentLikelyAbove ? (1 - smaller, smaller) : (smaller, 1 - smaller);
    }

    /// <summary>E[(B − A)⁺], the loss of choosing control, and E[(A − B)⁺], that of choosing treatment.</summary>
    public (double Control, double Treatment) Losses()
    {
        // E[B] − E[A] with the products exact enough: (a₂b₁ − a₁b₂) ÷ (n₁n₂).
        var uplift = (Math.FusedMultiplyAdd(a2, b1, -(a1 * b2)) - Math.FusedMultiplyAdd(a1, b2, -(a1 * b2))) / ((a1 + b1) * (a2 + b2));
        if (uplift >= 0)
        {
            var smaller = PositivePart(_treatment, _control);
            return (smaller + uplift, smaller);
        }
        else
        {
            var smaller = PositivePart(_control, _treatment);
            return (smaller, smaller - uplift);
        }
    }

    /// <summary>d with P(B − A ≤ d) = p, by Newton's method on the normal scale of the probability.</summary>
    public double DifferenceQuantile(double p)
    {
        var deviation = Math.Sqrt(_control.Variance + _treatment.Variance);
        var target = Normal.Quantile(p);
        // Cornish and Fisher's first term for a start; Newton's error then squares at each step.
        var skewness = (_treatment.ThirdCumulant - _control.ThirdCumulant) / (deviation * deviation * deviation);
        var start = _treatment.Mean - _control.Mean + (deviation * (target + (((target * target) - 1) * skewness / 6)));
        double low = -1, high = 1, d = Math.Clamp(start, -0.999, 0.999);
        for (var i = 0; i < 60; i++)
        {
            var (below, density) = DifferenceAt(d);
            var z = Normal.Quantile(Math.Clamp(below, 0, 1));
            if (z > target) high = d; else low = d;
            var next = d + ((target - z) * Normal.Density(z) / density);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - d) <= 1e-5 * deviation) return next;
            d = next;
        }

        return d;
    }

    /// <summary>l with P(B/A − 1 ≤ l) = p, by root-finding in ln(1 + l).</summary>
    public double LiftQuantile(double p)
    {
        var deviation = double.Hypot(Math.Sqrt(_control.Variance) / _control.Mean, Math.Sqrt(_treatment.Variance) / _treatment.Mean);
        var target = Normal.Quantile(p);
        var guess = Math.Log(_treatment.Mean / _control.Mean) + (target * deviation);
        return Elementary.ExpMinusOne(Roots.Monotone(Excess, guess, 0.2 * deviation, 1e-12));

        double Excess(double log)
        {
            var ratio = Math.Exp(log);
            double below = 0, above = 0;
            foreach (var (u, weight) in _control.Bulk)
            {
                var at = Beta.Logistic(u) * ratio;
                var (lower, upper) = at >= 1 ? (0, double.NegativeInfinity) : _treatment.LogTailsAt(at);
                below += weight * Math.Exp(lower);
                above += weight * Math.Exp(upper);
            }

            var z = below < 0.5 ? Normal.Quantile(below) : Normal.InverseSurvival(above);
            return Math.Clamp(z, -40, 40) - target;
        }
    }

    /// <summary>P(above &gt; below) = ∫ f_above · F_below.</summary>
    private static double ProbabilityAbove(BetaLogit above, BetaLogit below)
    {
        Span<double> breaks = stackalloc double[10];
        return LogConcaveIntegral.Of(new Above(above, below), above.Mode, above.Scale, breaks[..below.Breaks(above.Scale, breaks)]);
    }

    /// <summary>E[(large − small)⁺] = ∫ P(small ≤ x)·P(large &gt; x) dx.</summary>
    private static double PositivePart(BetaLogit small, BetaLogit large)
    {
        Span<double> breaks = stackalloc double[10];
        var count = small.Breaks(large.Scale, breaks);
        count += large.Breaks(small.Scale, breaks[count..]);
        return LogConcaveIntegral.Of(new Between(small, large), 0.5 * (small.Mode + large.Mode), Math.Min(small.Scale, large.Scale), breaks[..count]);
    }

    /// <summary>P(B − A ≤ d) and the density of B − A at d, over the bulk of the narrower variable, so that the other's distribution function is smooth between nodes.</summary>
    private (double Below, double Density) DifferenceAt(double d)
    {
        var overControl = _control.Variance <= _treatment.Variance;
        var (outer, inner) = overControl ? (_control, _treatment) : (_treatment, _control);
        double below = 0, density = 0, previous = 0, cumulative = 0;
        foreach (var (u, weight) in outer.Bulk)
        {
            var at = overControl ? Beta.Logistic(u) + d : Beta.Logistic(u) - d;
            cumulative = at <= 0 ? 0 : at >= 1 ? 1 : previous > 0 && inner.IsSmooth ? cumulative + inner.Mass(previous, at) : Math.Exp(inner.LogTailsAt(at).Lower);
            previous = at;
            below += weight * (overControl ? cumulative : 1 - cumulative);
            if (at is > 0 and < 1) density += weight * inner.Density(at);
        }

        return (below, density);
    }

    private readonly struct Above(BetaLogit above, BetaLogit below) : IConcave
    {
        public double Log(double u) => above.LogDensity(u) + below.LogTails(u).Lower;

        public double Slope(double u) => above.Score(u) + Math.Exp(below.LogDensity(u) - below.LogTails(u).Lower);
    }

    private readonly struct Between(BetaLogit small, BetaLogit large) : IConcave
    {
        public double Log(double u) => small.LogTails(u).Lower + large.LogTails(u).Upper - Math.Abs(u) - (2 * Elementary.LogOnePlus(Math.Exp(-Math.Abs(u))));

        public double Slope(double u) =>
            Math.Exp(small.LogDensity(u) - small.LogTails(u).Lower) - Math.Exp(large.LogDensity(u) - large.LogTails(u).Upper) - Math.Tanh(u / 2);
    }
}
