using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Readouts;

/// <summary>The exact sequence of two proportions, which speaks from the first unit of each arm.</summary>
internal sealed record ExactTest(InferenceStatus Status, Pair Pair, TwoProportionSequence Sequence) : AnyLookTest(AlwaysValidMethod.ExactBetaBinomial, Status)
{
    /// <summary>The test of a pair whose plan expects few conversions, with its priors fixed by the plan.</summary>
    public static ExactTest Of(Pair pair, ImmutableArray<long> sizes, double tuning) => new(
        pair.Control.Count > 0 && pair.Treatment.Count > 0 ? InferenceStatus.Ok : InferenceStatus.InsufficientData,
        pair,
        TwoProportionSequence.Planned(pair.Metric.BaselineValue!.Value, sizes[pair.Control.Arm], sizes[pair.Treatment.Arm], tuning));

    public override Inference? At(double alpha) =>
        Sequence.Infer(Pair.Control.Converted, Pair.Control.Count, Pair.Treatment.Converted, Pair.Treatment.Count, alpha).TryGet(out var inference) ? inference : null;

    public override Interval? RelativeAt(double alpha) =>
        Sequence.Relative(Pair.Control.Converted, Pair.Control.Count, Pair.Treatment.Converted, Pair.Treatment.Count, alpha).TryGet(out var lift) ? lift : null;
}
