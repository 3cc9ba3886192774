using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two independent Beta variables A (control) and B (treatment) compared: on a lattice where both densities are smooth, by panels otherwise.</summary>
internal readonly struct BetaComparison(double a1, double b1, double a2, double b2)
{
    /// <summary>What a step of Newton's may leave, over the deviation.</summary>
    private const double Settled = 1e-10;

    private readonly BetaShapes _control = new(a1, b1);
    private readonly BetaShapes _treatment = new(a2, b2);

    /// <summary>E[B] − E[A] with the products exact enough: (a₂b₁ − a₁b₂) ÷ (n₁n₂).</summary>
    public double Uplift => _treatment.Less(_control);

    private PanelComparison Panels => new(_control, _treatment);

    /// <summary>P(B &gt; A) and P(A &gt; B), each with its own digits.</summary>
    public (double TreatmentAbove, double ControlAbove) Probabilities() => TrySmaller(out var tail) ? Both(tail) : Panels.Probabilities();

    /// <summary>E[(B − A)⁺], the loss of choosing control, and E[(A − B)⁺], that of choosing treatment.</summary>
    public (double Control, double Treatment) Losses() => TrySmaller(out var tail) ? BothLosses(tail) : Panels.Losses();

    /// <summary>Probabilities, losses and the ends with α/2 beyond each, from one lattice each for the middle and the ends.</summary>
    public PosteriorComparison Describe(double alpha)
    {
        var isSmooth = TrySmaller(out var tail);
        var (above, below) = isSmooth ? Both(tail) : Panels.Probabilities();
        var (lossControl, lossTreatment) = isSmooth ? BothLosses(tail) : Panels.Losses();
        return new PosteriorComparison(above, lossControl, lossTreatment, new Interval(LowerEnd(alpha / 2), UpperEnd(alpha / 2))) { ProbabilityControlBeatsTreatment = below };
    }

    /// <summary>d with P(B − A ≤ d) = p ≤ ½.</summary>
    public double LowerEnd(double p) => -BeyondDifference(_control, _treatment, p);

    /// <summary>d with P(B − A &gt; d) = p ≤ ½.</summary>
    public double UpperEnd(double p) => BeyondDifference(_treatment, _control, p);

    /// <summary>l with P(B/A − 1 ≤ l) = p ≤ ½.</summary>
    public double LowerLift(double p) => Elementary.ExpMinusOne(-BeyondRatio(_control, _treatment, p));

    /// <summary>l with P(B/A − 1 &gt; l) = p ≤ ½.</summary>
    public double UpperLift(double p) => Elementary.ExpMinusOne(BeyondRatio(_treatment, _control, p));

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

    private static double BeyondDifference(BetaShapes x, BetaShapes y, double p)
    {
        double variance = x.Variance + y.Variance, deviation = Math.Sqrt(variance), target = Normal.InverseSurvival(p), square = target * target;
        double skewness = (x.ThirdCumulant - y.ThirdCumulant) / (variance * deviation), excess = (x.FourthCumulant + y.FourthCumulant) / (variance * variance);
        // Cornish and Fisher's expansion.
        var start = x.Less(y) + (deviation * (target + ((square - 1) * skewness / 6) + (target * (square - 3) * excess / 24) - (target * ((2 * square) - 5) * skewness * skewness / 36)));
        return TryOnLattice(x, y, target, start, deviation, skewness, out var end) ? end : TailRoot.Find(new Differences(x, y), p, start, deviation, -1, 1);
    }

    /// <summary>By Halley's method on the normal scale of the probability, where it is nearly a line.</summary>
    private static bool TryOnLattice(BetaShapes x, BetaShapes y, double target, double start, double deviation, double skewness, out double end)
    {
        end = start;
        for (var i = 0; i < 20; i++)
        {
            if (!(Math.Abs(end) < 1) || !LatticeTail.TryOf(x, y, end, out var tail) || !(tail.Probability is > 1e-290 and < 1)) return false;
            var z = Normal.InverseSurvival(tail.Probability);
            // z′ and z″/z′.
            double slope = tail.Density / Normal.Density(z), bend = (z * slope) + tail.Slope, newton = (target - z) / slope;
            var step = newton / Math.Max(0.5, 1 + (0.5 * newton * bend));
            end += step;
            // The next step would be of the order of this one's cube times the square of the skewness.
            var left = Math.Abs(step) / deviation;
            if (left * left * left * ((skewness * skewness) + 0.001) <= Settled) return true;
        }

        return false;
    }

    private static double BeyondRatio(BetaShapes x, BetaShapes y, double p)
    {
        var deviation = Math.Min(1, double.Hypot(Math.Sqrt(x.Variance) / x.Mean, Math.Sqrt(y.Variance) / y.Mean));
        return TailRoot.Find(new Ratios(x, y), p, Math.Log(x.Mean / y.Mean) + (Normal.InverseSurvival(p) * deviation), deviation, -700, 700);
    }

    private readonly struct Differences(BetaShapes x, BetaShapes y) : IUpperTail
    {
        public (double Tail, double Density) Logs(double gap) => DifferenceTail.Logs(x, y, gap);
    }

    private readonly struct Ratios(BetaShapes x, BetaShapes y) : IUpperTail
    {
        public (double Tail, double Density) Logs(double logRatio) => RatioTail.Logs(x, y, logRatio);
    }
}
