using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Two independent Beta variables A (control) and B (treatment) compared: by a finite sum where conversions are few, on a lattice where both densities are smooth, by quadrature otherwise.</summary>
internal readonly struct BetaComparison(BetaShapes control, BetaShapes treatment)
{
    /// <summary>What a step of Newton's may leave, over the deviation.</summary>
    private const double Settled = 1e-10;

    /// <summary>e to this is nearly the largest double.</summary>
    private const double MostLogRatio = 700;

    /// <summary>What each end may be off, over the deviation.</summary>
    private const double Digits = 1e-9;

    private readonly BetaShapes _control = control;
    private readonly BetaShapes _treatment = treatment;

    public BetaComparison(double a1, double b1, double a2, double b2)
        : this(new BetaShapes(a1, b1), new BetaShapes(a2, b2))
    {
    }

    /// <summary>E[B] − E[A] with the products exact enough: (a₂b₁ − a₁b₂) ÷ (n₁n₂).</summary>
    public double Uplift => _treatment.Less(_control);

    /// <summary>P(B &gt; A) and P(A &gt; B), each with its own digits.</summary>
    public (double TreatmentAbove, double ControlAbove) Probabilities()
    {
        var (loser, winner) = Sides;
        return Both(Above(loser, winner));
    }

    /// <summary>E[(B − A)⁺], the loss of choosing control, and E[(A − B)⁺], that of choosing treatment.</summary>
    public (double Control, double Treatment) Losses()
    {
        var (loser, winner) = Sides;
        return BothLosses(Excess(loser, winner));
    }

    /// <summary>Probabilities, losses and the ends with α/2 beyond each.</summary>
    public PosteriorComparison Describe(double alpha)
    {
        var (loser, winner) = Sides;
        var (probability, excess) = !IsFew(loser, winner) && LatticeTail.TryOf(loser, winner, 0, out var tail) ? (tail.Probability, tail.Excess) : (Above(loser, winner), Excess(loser, winner));
        var (above, below) = Both(probability);
        var (lossControl, lossTreatment) = BothLosses(excess);
        return new PosteriorComparison(above, lossControl, lossTreatment, Ends(alpha)) { ProbabilityControlBeatsTreatment = below };
    }

    /// <summary>B/A − 1 with α/2 beyond each end.</summary>
    public Interval Lift(double alpha)
    {
        var logs = Between(-BeyondRatio(_control, _treatment, alpha / 2), BeyondRatio(_treatment, _control, alpha / 2), LogRatioDeviation(_control, _treatment));
        return new Interval(Elementary.ExpMinusOne(logs.Lower), Elementary.ExpMinusOne(logs.Upper));
    }

    private Interval Ends(double alpha) => Between(LowerEnd(alpha / 2), UpperEnd(alpha / 2), Math.Sqrt(_control.Variance + _treatment.Variance));

    /// <summary>An interval narrower than what its ends may be off is one point.</summary>
    private static Interval Between(double lower, double upper, double deviation)
    {
        var middle = 0.5 * (lower + upper);
        return lower > upper && lower - upper < Digits * deviation ? new Interval(middle, middle) : new Interval(lower, upper);
    }

    /// <summary>d with P(B − A ≤ d) = p ≤ ½.</summary>
    public double LowerEnd(double p) => -BeyondDifference(_control, _treatment, p);

    /// <summary>d with P(B − A &gt; d) = p ≤ ½.</summary>
    public double UpperEnd(double p) => BeyondDifference(_treatment, _control, p);

    /// <summary>The arm of the lower mean first: what it has above the other is the smaller part, most often.</summary>
    private (BetaShapes Loser, BetaShapes Winner) Sides => Uplift >= 0 ? (_control, _treatment) : (_treatment, _control);

    private static bool IsFew(BetaShapes x, BetaShapes y) => FewConversions.TryTurn(ref x, ref y);

    /// <summary>P(X &gt; Y).</summary>
    private static double Above(BetaShapes x, BetaShapes y) =>
        FewConversions.TryTurn(ref x, ref y) ? FewConversions.Above(x, y)
        : LatticeTail.TryOf(x, y, 0, out var tail) ? tail.Probability
        : Math.Exp(DifferenceTail.Logs(x, y, 0).Tail);

    /// <summary>E[(X − Y)⁺].</summary>
    private static double Excess(BetaShapes x, BetaShapes y) =>
        FewConversions.TryTurn(ref x, ref y) ? FewConversions.Excess(x, y)
        : LatticeTail.TryOf(x, y, 0, out var tail) ? tail.Excess
        : ExcessIntegral.Of(x, y);

    private (double TreatmentAbove, double ControlAbove) Both(double loserAbove)
    {
        // The mean does not always tell which side is smaller.
        var (loser, winner) = Sides;
        var winnerAbove = loserAbove <= 0.5 ? 1 - loserAbove : Above(winner, loser);
        if (loserAbove > 0.5) loserAbove = 1 - winnerAbove;
        return Uplift >= 0 ? (winnerAbove, loserAbove) : (loserAbove, winnerAbove);
    }

    private (double Control, double Treatment) BothLosses(double loserExcess)
    {
        var uplift = Uplift;
        return uplift >= 0 ? (loserExcess + uplift, loserExcess) : (loserExcess, loserExcess - uplift);
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

    /// <summary>ln of the ratio X/Y that is exceeded with probability p; infinite where that is no double.</summary>
    private static double BeyondRatio(BetaShapes x, BetaShapes y, double p)
    {
        var wanted = Math.Log(p);
        if (RatioTail.Logs(x, y, MostLogRatio).Tail > wanted) return double.PositiveInfinity;
        if (RatioTail.Logs(x, y, -MostLogRatio).Tail < wanted) return double.NegativeInfinity;
        var deviation = LogRatioDeviation(x, y);
        return TailRoot.Find(new Ratios(x, y), p, Math.Log(x.Mean / y.Mean) + (Normal.InverseSurvival(p) * deviation), deviation, -MostLogRatio, MostLogRatio);
    }

    /// <summary>Nearly, where it is short of 1.</summary>
    private static double LogRatioDeviation(BetaShapes x, BetaShapes y) => Math.Min(1, double.Hypot(Math.Sqrt(x.Variance) / x.Mean, Math.Sqrt(y.Variance) / y.Mean));

    private readonly struct Differences(BetaShapes x, BetaShapes y) : IUpperTail
    {
        public (double Tail, double Density) Logs(double gap) => DifferenceTail.Logs(x, y, gap);
    }

    private readonly struct Ratios(BetaShapes x, BetaShapes y) : IUpperTail
    {
        public (double Tail, double Density) Logs(double logRatio) => RatioTail.Logs(x, y, logRatio);
    }
}
