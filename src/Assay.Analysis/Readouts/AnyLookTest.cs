using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>Inference valid at every look on the matured units of two arms, by the sequence that design and plan have fixed.</summary>
internal abstract record AnyLookTest(AlwaysValidMethod Method, InferenceStatus Status)
{
    /// <summary>The test of a pair.</summary>
    /// <param name="input">What the readout depends on.</param>
    /// <param name="pair">Completed units.</param>
    /// <param name="tuning">The level that it is sharpest at, known before data; p-values and intervals of any level then belong together.</param>
    public static AnyLookTest Of(ReadoutInput input, Pair pair, double tuning) =>
        RareConversions.Expects(input.Design, pair.Metric, input.Sizes, pair.Control.Arm, pair.Treatment.Arm)
            ? ExactTest.Of(pair, input.Sizes, tuning)
            : MixtureTest.Of(pair, input.Sizes, tuning);

    /// <summary>Inference at a level; null unless the status is ok.</summary>
    public abstract Inference? At(double alpha);

    /// <summary>The interval of the relative effect at a level, which excludes 0 when that of the difference does; null where there is none.</summary>
    public abstract Interval? RelativeAt(double alpha);

    /// <summary>τ² of the normal mixture; null for another sequence.</summary>
    public virtual double? MixtureVariance => null;

    /// <summary>While it is too early: units that each arm needs until it is not, as far as can be told.</summary>
    public virtual double? UnitsNeeded => null;

    /// <summary>The block of the readout, given the inference at α.</summary>
    public AlwaysValidReadout ToReadout(Inference? inference, double alpha) => new()
    {
        Validity = Validity.AnyLook,
        Method = Method,
        Status = Status,
        PValue = inference?.PValue,
        CiLower = inference?.Interval.Lower,
        CiUpper = inference?.Interval.Upper,
        IsSignificant = inference?.PValue <= alpha,
        MixtureVariance = MixtureVariance,
    };
}
