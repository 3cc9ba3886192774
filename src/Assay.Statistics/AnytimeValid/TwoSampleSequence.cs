using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The e-process of two Bernoulli streams in blocks, valid for any counts (Turner, Ly &amp; Grünwald 2024).</summary>
public sealed record TwoSampleSequence
{
    /// <summary>The prior count of successes and of failures in each arm that the authors recommend.</summary>
    public const double DefaultPrior = 0.18;

    private readonly double _prior = DefaultPrior;

    /// <summary>Before the first block.</summary>
    /// <param name="prior">Prior successes and failures in each arm, within 1e±150.</param>
    public TwoSampleSequence(double prior = DefaultPrior)
    {
        Check.Scale(prior);
        _prior = prior;
    }

    /// <summary>ln e so far.</summary>
    public double LogEvidence { get; private init; }

    /// <summary>min(1, 1/e).</summary>
    public double PValue => Math.Min(1, Math.Exp(-LogEvidence));

    private long ControlSuccesses { get; init; }

    private long ControlCount { get; init; }

    private long TreatmentSuccesses { get; init; }

    private long TreatmentCount { get; init; }

    /// <summary>After one more block: the alternative bets on the rates of the blocks before, the null on their mixture in this block's sizes.</summary>
    /// <param name="controlSuccesses">Of the block, between 0 and its count.</param>
    /// <param name="controlCount">Of the block; an empty block changes nothing.</param>
    /// <param name="treatmentSuccesses">Likewise.</param>
    /// <param name="treatmentCount">Likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes outside 0…count.</exception>
    public TwoSampleSequence After(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount)
    {
        Check.Counts(controlSuccesses, controlCount);
        Check.Counts(treatmentSuccesses, treatmentCount);
        if (controlCount + treatmentCount == 0) return this;
        Check.Count(ControlCount + controlCount, nameof(controlCount));
        Check.Count(TreatmentCount + treatmentCount, nameof(treatmentCount));
        // By how much the rate of each arm differs from their mixture, from the difference of the two in whole numbers.
        var gap = ((double)(((Int128)TreatmentSuccesses * ControlCount) - ((Int128)ControlSuccesses * TreatmentCount))
            + (_prior * ((2.0 * (TreatmentSuccesses - ControlSuccesses)) + (ControlCount - TreatmentCount)))) / ((2 * _prior) + ControlCount) / ((2 * _prior) + TreatmentCount);
        double units = (double)controlCount + treatmentCount, ofControl = -gap * (treatmentCount / units), ofTreatment = gap * (controlCount / units);
        return this with
        {
            LogEvidence = LogEvidence
                + Bet(controlSuccesses, controlCount, ControlSuccesses, ControlCount, ofControl)
                + Bet(treatmentSuccesses, treatmentCount, TreatmentSuccesses, TreatmentCount, ofTreatment),
            ControlSuccesses = ControlSuccesses + controlSuccesses,
            ControlCount = ControlCount + controlCount,
            TreatmentSuccesses = TreatmentSuccesses + treatmentSuccesses,
            TreatmentCount = TreatmentCount + treatmentCount,
        };
    }

    /// <summary>x ln(θ/θ₀) + (n − x) ln((1 − θ)/(1 − θ₀)) for the rate θ of the blocks before, given ε = θ − θ₀.</summary>
    /// <remarks>The parts linear in ε, which are large and of opposite sign, are taken together: ε(x − nθ) ÷ θ(1 − θ).</remarks>
    private double Bet(long successes, long count, long successesBefore, long countBefore, double excess)
    {
        double total = (2 * _prior) + countBefore, rate = (_prior + successesBefore) / total, rest = (_prior + (countBefore - successesBefore)) / total;
        var surprise = ((double)(((Int128)successes * countBefore) - ((Int128)count * successesBefore)) + (_prior * ((2.0 * successes) - count))) / total;
        return (excess / rate / rest * surprise) - (successes * Elementary.LogOnePlusLess(-excess / rate)) - ((count - successes) * Elementary.LogOnePlusLess(excess / rest));
    }
}
