using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two independent Beta variables A (control) and B (treatment) compared: on a lattice where both densities are smooth, by panels otherwise.</summary>
internal readonly struct BetaComparison(double a1, double b1, double a2, double b2)
{
    /// <summary>What a step of Newton's may leave, over the deviation.</summary>
    private const double Settled = 1e-10;

    private readonly BetaShapes _control = new(a1, b1);
    private readonly BetaShapes _treatment = new(a2, b2);

    private BetaComparison(BetaShapes control, BetaShapes treatment)
        : this(control.A, control.B, treatment.A, treatment.B)
    {
    }

    /// <summary>E[B] − E[A] with the products exact enough: (a₂b₁ − a₁b₂) ÷ (n₁n₂).</summary>
    public double Uplift => ((Math.FusedMultiplyAdd(_treatment.A, _control.B, -(_control.A * _treatment.B)) - Math.FusedMultiplyAdd(_control.A, _treatment.B, -(_control.A * _treatment.B)))
        / ((_control.A + _control.B) * (_treatment.A + _treatment.B)));

    private PanelComparison Panels => new(_control.A, _control.B, _treatment.A, _treatment.B);

    /// <summary>P(B &gt; A) and P(A &gt; B), each with its own digits.</summary>
    public (double TreatmentAbove, double ControlAbove) Probabilities() => TrySmaller(out var tail) ? Both(tail) : Panels.Probabilities();

    /// <summary>E[(B − A)⁺], the loss of choosing control, and E[(A − B)⁺], that of choosing treatment.</summary>
    public (double Control, double Treatment) Losses() => TrySmaller(out var tail) ? BothLosses(tail) : Panels.Losses();

    /// <summary>Probabilities, losses and the ends with α/2 beyond each, from one lattice each for the middle and the ends.</summary>
    public PosteriorComparison Describe(double alpha)
    {
        PanelComparison? panels = null;
        var isSmooth = TrySmaller(out var tail);
        var (above, below) = isSmooth ? Both(tail) : (panels ??= Panels).Probabilities();
        var (lossControl, lossTreatment) = isSmooth ? BothLosses(tail) : (panels ??= Panels).Losses();
        var ends = new Interval(
            TryLower(alpha / 2, out var lower) ? lower : (panels ??= Panels).DifferenceQuantile(alpha / 2),
            Mirror().TryLower(alpha / 2, out var upper) ? -upper : (panels ?? Panels).DifferenceQuantile(1 - (alpha / 2)));
        return new PosteriorComparison(above, lossControl, lossTreatment, ends) { ProbabilityControlBeatsTreatment = below };
    }

    /// <summary>d with P(B − A ≤ d) = p.</summary>
    public double DifferenceQuantile(double p)
    {
        if (p <= 0.5) return TryLower(p, out var lower) ? lower : Panels.DifferenceQuantile(p);
        return Mirror().TryLower(1 - p, out var upper) ? -upper : Panels.DifferenceQuantile(p);
    }

    /// <summary>l with P(B/A − 1 ≤ l) = p.</summary>
    public double LiftQuantile(double p) => Panels.LiftQuantile(p);

    private BetaComparison Mirror() => new(_treatment, _control);

    /// <summary>The tail of the likely loser above the likely winner.</summary>
    private bool TrySmaller(out LatticeTail tail) =>
        Uplift >= 0 ? LatticeTail.TryOf(_control, _treatment, 0, out tail) : LatticeTail.TryOf(_treatment, _control, 0, out tail);

    private (double TreatmentAbove, double ControlAbove) Both(LatticeTail smaller) =>
        Uplift >= 0 ? (1 - smaller.Probability, smaller.Probability) : (smaller.Probability, 1 - smaller.Probability);

    private (double Control, double Treatment) BothLosses(LatticeTail smaller)
    {
        var uplift = Uplift;
        return uplift >= 0 ? (smaller.Excess + uplift, smaller.Excess) : (smaller.Excess, smaller.Excess - uplift);
    }

    /// <summary>d with P(A − B &gt; −d) = p ≤ ½, by Halley's method on the normal scale of the probability, where it is nearly a line; begun by Cornish and Fisher's expansion.</summary>
    public bool TryLower(double p, out double d)
    {
        double variance = _control.Variance + _treatment.Variance, deviation = Math.Sqrt(variance), target = Normal.Quantile(p), square = target * target;
        var skewness = (_treatment.ThirdCumulant - _control.ThirdCumulant) / (variance * deviation);
        var excess = (_treatment.FourthCumulant + _control.FourthCumulant) / (variance * variance);
        d = Uplift + (deviation * (target + ((square - 1) * skewness / 6) + (target * (square - 3) * excess / 24) - (target * ((2 * square) - 5) * skewness * skewness / 36)));
        for (var i = 0; i < 20; i++)
        {
            if (!(Math.Abs(d) < 1) || !LatticeTail.TryOf(_control, _treatment, -d, out var tail) || !(tail.Probability is > 1e-290 and < 1)) return false;
            var z = Normal.Quantile(tail.Probability);
            // z′ and z″/z′ over d.
            double slope = tail.Density / Normal.Density(z), bend = (z * slope) - tail.Slope, newton = (target - z) / slope;
            var step = newton / Math.Max(0.5, 1 + (0.5 * newton * bend));
            d += step;
            // The next step would be of the order of this one's cube times the square of the skewness.
            var left = Math.Abs(step) / deviation;
            if (left * left * left * ((skewness * skewness) + 0.001) <= Settled) return true;
        }

        return false;
    }
}
