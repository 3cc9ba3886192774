using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The evidence of given counts against every pair of shares, and its least value along the lines on which a difference or a ratio is constant.</summary>
internal readonly record struct TwoProportionEvidence(OpposedPriors Priors, double ControlSuccesses, double ControlCount, double TreatmentSuccesses, double TreatmentCount)
{
    private double ControlShare => ControlSuccesses / ControlCount;

    private double TreatmentShare => TreatmentSuccesses / TreatmentCount;

    /// <summary>ln E(δ), the line parametrised by the smaller share so that a small one keeps its digits.</summary>
    public double OfDifference(double difference) => Least(difference >= 0 ? new Line(0, 1, difference, 1, 1 - difference) : new Line(-difference, 1, 0, 1, 1 + difference));

    /// <summary>The least evidence against θ_t = R·θ_c.</summary>
    public double OfRatio(double ratio) => Least(ratio <= 1 ? new Line(0, 1, 0, ratio, 1) : new Line(0, 1 / ratio, 0, 1, 1));

    /// <summary>{δ : ln E(δ) &lt; limit}.</summary>
    public Interval Differences(double limit) => new(-Swapped.HighestDifference(limit), HighestDifference(limit));

    /// <summary>{R − 1 : evidence against R &lt; limit}.</summary>
    public Interval Lifts(double limit) => new(LowestRatio(limit) - 1, (1 / Swapped.LowestRatio(limit)) - 1);

    private TwoProportionEvidence Swapped => new(Priors.Swapped, TreatmentSuccesses, TreatmentCount, ControlSuccesses, ControlCount);

    private double HighestDifference(double limit)
    {
        var evidence = this;
        double observed = TreatmentShare - ControlShare, reach = Math.Sqrt(2 * limit) + 1;
        double inside = observed, step = reach * Math.Sqrt(Variance(ControlSuccesses, ControlCount) + Variance(TreatmentSuccesses, TreatmentCount));
        while (true)
        {
            var outside = inside + Math.Min(step, (1 - inside) / 2);
            // Within a rounding of 1 the end is 1, whether or not 1 itself is in the set.
            if (!(outside > inside && outside < 1)) return 1;
            if (Excess(outside) >= 0) return Roots.Bracketed(Excess, inside, outside);
            (inside, step) = (outside, 2 * step);
        }

        double Excess(double difference) => evidence.OfDifference(difference) - limit;
    }

    private double LowestRatio(double limit)
    {
        var evidence = this;
        if (TreatmentSuccesses == 0) return 0;
        // Without conversions in the control every large ratio is in the set: go up to the first that is.
        var inside = ControlSuccesses > 0 ? Math.Log(TreatmentShare / ControlShare) : Math.Log((TreatmentSuccesses + 0.5) / (TreatmentCount + 1) * (ControlCount + 1) / 0.5);
        var step = 1.0;
        while (Excess(inside) >= 0)
        {
            // The observed ratio is always in the set, but for rounding at counts beyond the digits of a double.
            if (ControlSuccesses > 0 || inside > 700) return Math.Exp(Math.Min(inside, 700));
            inside += step *= 2;
        }

        var outside = inside;
        step = (Math.Sqrt(2 * limit) + 1) * Math.Sqrt((1 / (ControlSuccesses + 1)) + (1 / (TreatmentSuccesses + 1)));
        do (inside, outside, step) = (outside, outside - step, 2 * step);
        while (Excess(outside) < 0);
        return Math.Exp(Roots.Bracketed(Excess, outside, inside));

        double Excess(double logRatio) => evidence.OfRatio(Math.Exp(logRatio)) - limit;
    }

    private static double Variance(double successes, double count) => (successes + 1) / (count + 2) * ((count - successes + 1) / (count + 2)) / (count + 2);

    /// <summary>The minimum of a convex function of one share: at an end of the line, or where the slope changes its sign.</summary>
    private double Least(Line line)
    {
        var evidence = this;
        if (line.Length == 0 || Slope(0) >= 0) return At(0);
        if (Slope(line.Length) <= 0) return At(line.Length);
        var units = (ControlCount * line.ControlRise) + (TreatmentCount * line.TreatmentRise);
        var guess = (ControlSuccesses - (ControlCount * line.Control) + TreatmentSuccesses - (TreatmentCount * line.Treatment) + 0.5) / (units + 1);
        var from = Math.Clamp(guess, Math.Min(line.Length / 2, 1 / (units + 2)), line.Length * 0.999);
        var slope = Slope(from);
        // Twice the step that the information of the data asks for, which is more than that of the evidence: most often across the minimum at once.
        var step = -2 * slope * from * (1 - from) / units;
        while (true)
        {
            var to = step < 0 ? Math.Max(from + step, from / 2) : Math.Min(from + step, line.Length - ((line.Length - from) / 2));
            // At an end to the last digit, with the minimum beyond it; or where counts beyond the digits of a double leave no slope to follow.
            if (to == from || !(to > 0 && to < line.Length)) return At(from);
            // A minimum is flat: half of the digits of its place give all of its value.
            if (Slope(to) * slope <= 0) return At(Roots.Bracketed(Slope, from, to, 1e-10 * to));
            (from, step) = (to, 2 * step);
        }

        double At(double s) => evidence.LogEvidence(line.ControlAt(s), line.TreatmentAt(s));
        double Slope(double s) => evidence.Slope(line, s);
    }

    private double LogEvidence(double control, double treatment)
    {
        var (up, down) = Both(control, treatment);
        // Where a share of 0 or 1 is impossible both are infinite.
        return double.IsPositiveInfinity(up) ? up : Math.Max(up, down) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(up - down))) - Elementary.LnTwo;
    }

    private (double Up, double Down) Both(double control, double treatment) =>
        (Priors.ControlBelow.LogEvidence(control, ControlSuccesses, ControlCount) + Priors.TreatmentAbove.LogEvidence(treatment, TreatmentSuccesses, TreatmentCount),
         Priors.ControlAbove.LogEvidence(control, ControlSuccesses, ControlCount) + Priors.TreatmentBelow.LogEvidence(treatment, TreatmentSuccesses, TreatmentCount));

    private double Slope(Line line, double s)
    {
        double control = line.ControlAt(s), treatment = line.TreatmentAt(s);
        if ((control == 0 && ControlSuccesses > 0) || (treatment == 0 && TreatmentSuccesses > 0)) return double.NegativeInfinity;
        if ((control == 1 && ControlSuccesses < ControlCount) || (treatment == 1 && TreatmentSuccesses < TreatmentCount)) return double.PositiveInfinity;
        var up = (line.ControlRise * Priors.ControlBelow.Slope(control, ControlSuccesses, ControlCount)) + (line.TreatmentRise * Priors.TreatmentAbove.Slope(treatment, TreatmentSuccesses, TreatmentCount));
        var down = (line.ControlRise * Priors.ControlAbove.Slope(control, ControlSuccesses, ControlCount)) + (line.TreatmentRise * Priors.TreatmentBelow.Slope(treatment, TreatmentSuccesses, TreatmentCount));
        var (first, second) = Both(control, treatment);
        var weight = 1 / (1 + Math.Exp(second - first));
        return (weight * up) + ((1 - weight) * down);
    }

    /// <summary>The pairs (θ_c, θ_t) = start + rise·s for s from 0 to a length.</summary>
    private readonly record struct Line(double Control, double ControlRise, double Treatment, double TreatmentRise, double Length)
    {
        public double ControlAt(double s) => Math.Min(1, Control + (ControlRise * s));

        public double TreatmentAt(double s) => Math.Min(1, Treatment + (TreatmentRise * s));
    }
}
