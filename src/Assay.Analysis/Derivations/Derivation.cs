using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Derivations;

/// <summary>How the numbers of one metric came about: every formula with the numbers that were put into it, and what the readout made of them.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="AsOf">The moment that maturity was judged at.</param>
/// <param name="Watermark">Commit number of the data.</param>
/// <param name="Comparisons">Each treatment against the control.</param>
/// <param name="SampleRatio">Exposed units against the split.</param>
public sealed record Derivation(Metric Metric, DateTimeOffset AsOf, long Watermark, ImmutableArray<DerivedComparison> Comparisons, ImmutableArray<DerivationStep> SampleRatio)
{
    /// <summary>Design + accumulators + looks + now → the derivation of a metric: a pure function. Values are those of the functions that the readout is written by, never of the formulas.</summary>
    /// <param name="input">What a readout depends on; of a running or stopped experiment.</param>
    /// <param name="metric">A metric of the design.</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> is of a data file, or <paramref name="metric"/> is not of its design.</exception>
    public static Derivation Of(ReadoutInput input, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(metric);
        if (input.Final) throw new ArgumentException("A data file has no derivation.", nameof(input));
        if (!input.Design.Metrics.All.Contains(metric)) throw new ArgumentException("The design does not have the metric.", nameof(metric));
        return Deriving.Derive(input, metric);
    }
}

/// <summary>One treatment against the control.</summary>
/// <param name="TreatmentIndex">Index of the treatment.</param>
/// <param name="Comparison">What the readout says of it.</param>
/// <param name="Parts">From the moments to the decision, then what is for reference.</param>
public sealed record DerivedComparison(int TreatmentIndex, ComparisonReadout Comparison, ImmutableArray<DerivationPart> Parts);

/// <summary>Steps that belong together.</summary>
/// <param name="Kind">What they lead to.</param>
/// <param name="Steps">In order: a step uses those before it.</param>
public sealed record DerivationPart(DerivationKind Kind, ImmutableArray<DerivationStep> Steps);

/// <summary>One quantity: measured, or a formula of those before it.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Symbol">How formulas name it; what follows <c>_</c> is an index.</param>
/// <param name="Formula">
/// Its formula, in which <c>{symbol}</c> stands for a quantity; null where it is measured or declared. Written with + − × ÷ √ ² | | and the functions ln, exp, min, max, lnΓ, Q (upper tail of the normal, with a second
/// argument of Student's t at so many degrees of freedom), z and t (the quantiles that Q belongs to), Φ, X (upper tail of χ²) and W (Lambert's, the branch below −1); <c>e</c> is Euler's number. An equation is solved by the quantity.
/// </param>
/// <param name="Terms">The quantities of the formula with their values, each once.</param>
/// <param name="Value">Its value, as the readout has it; null where there is none.</param>
public sealed record DerivationStep(Quantity Quantity, string Symbol, string? Formula, ImmutableArray<DerivationTerm> Terms, double? Value)
{
    /// <summary>Whether the value solves the formula, and is not what comes out of it.</summary>
    public bool IsSolved => Formula is not null && Formula.Contains('=', StringComparison.Ordinal);
}

/// <summary>A quantity in a formula.</summary>
/// <param name="Symbol">How the formula names it.</param>
/// <param name="Value">Its value; null where there is none.</param>
public readonly record struct DerivationTerm(string Symbol, double? Value);

/// <summary>What the steps of a part lead to.</summary>
public enum DerivationKind
{
    /// <summary>The moments of the completed units, and their estimates.</summary>
    Completed,

    /// <summary>The effect on completed units.</summary>
    Effect,

    /// <summary>The decision by the normal mixture.</summary>
    Mixture,

    /// <summary>The decision by the exact sequence of two proportions.</summary>
    ExactSequence,

    /// <summary>The units until both arms had their planned sizes, and the test that is read once.</summary>
    PlannedTest,

    /// <summary>The last recorded look and what it says.</summary>
    Look,

    /// <summary>The posterior of the completed units.</summary>
    Posterior,

    /// <summary>Whether the guardrail is kept.</summary>
    Guardrail,

    /// <summary>The effect with the covariates' part taken out.</summary>
    Adjusted,

    /// <summary>The fixed test of all exposed units, for reference.</summary>
    Reference,
}
