namespace Assay.Statistics;

/// <summary>The e-process of two Bernoulli streams in blocks, valid for any counts (Turner, Ly &amp; Grünwald 2024).</summary>
public sealed record TwoSampleSequence
{
    /// <summary>The prior count of successes and of failures in each arm that the authors recommend.</summary>
    public const double DefaultPrior = 0.18;

    private readonly double _prior = DefaultPrior;

    /// <summary>Before the first block.</summary>
    /// <param name="prior">Prior successes and failures in each arm, &gt; 0.</param>
    public TwoSampleSequence(double prior = DefaultPrior)
    {
        Check.Positive(prior);
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
        double control = (_prior + ControlSuccesses) / ((2 * _prior) + ControlCount), treatment = (_prior + TreatmentSuccesses) / ((2 * _prior) + TreatmentCount);
        var null0 = ((controlCount * control) + (treatmentCount * treatment)) / ((double)controlCount + treatmentCount);
        return this with
        {
            LogEvidence = LogEvidence + Bet(controlSuccesses, controlCount, control, null0) + Bet(treatmentSuccesses, treatmentCount, treatment, null0),
            ControlSuccesses = ControlSuccesses + controlSuccesses,
            ControlCount = ControlCount + controlCount,
            TreatmentSuccesses = TreatmentSuccesses + treatmentSuccesses,
            TreatmentCount = TreatmentCount + treatmentCount,
        };
    }

    private static double Bet(long successes, long count, double alternative, double null0) =>
        (successes * Math.Log(alternative / null0)) + ((count - successes) * Math.Log((1 - alternative) / (1 - null0)));
}
