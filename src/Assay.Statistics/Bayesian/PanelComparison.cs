using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two independent Beta variables A (control) and B (treatment), compared by quadrature on the logit scale, where every integrand is log-concave: for any shapes, however small or different.</summary>
/// <remarks>P(A &gt; B) = ∫ f_A(u)·F_B(u) du and E[(A − B)⁺] = ∫ F_B(1 − F_A) dx; the smaller of two complements is integrated and the other follows, so neither tail is a difference from 1.</remarks>
internal readonly struct PanelComparison(BetaShapes control, BetaShapes treatment)
{
    private readonly BetaLogit _control = new(control);
    private readonly BetaLogit _treatment = new(treatment);

    /// <summary>P(B &gt; A) and P(A &gt; B).</summary>
    public (double TreatmentAbove, double ControlAbove) Probabilities()
    {
        var treatmentLikelyAbove = treatment.Mean >= control.Mean;
        var smaller = treatmentLikelyAbove ? ProbabilityAbove(_control, _treatment) : ProbabilityAbove(_treatment, _control);
        // The mean does not always tell which side is smaller; above one half the other side is integrated for its own digits.
        if (smaller > 0.5) (smaller, treatmentLikelyAbove) = (treatmentLikelyAbove ? ProbabilityAbove(_treatment, _control) : ProbabilityAbove(_control, _treatment), !treatmentLikelyAbove);
        return treatmentLikelyAbove ? (1 - smaller, smaller) : (smaller, 1 - smaller);
    }

    /// <summary>E[(B − A)⁺], the loss of choosing control, and E[(A − B)⁺], that of choosing treatment.</summary>
    public (double Control, double Treatment) Losses()
    {
        var uplift = treatment.Less(control);
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
