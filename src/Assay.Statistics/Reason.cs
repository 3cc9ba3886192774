namespace Assay.Statistics;

/// <summary>Why a statistic is undetermined: the data cannot answer, and no number is invented in its place.</summary>
public enum Reason
{
    /// <summary>An arm has no units.</summary>
    NoUnits,

    /// <summary>An arm has fewer units than its variance needs.</summary>
    TooFewUnits,

    /// <summary>Every unit has the same value, so there is no variance to judge a difference by.</summary>
    NoVariance,

    /// <summary>The control mean is zero, so a relative effect has no meaning.</summary>
    ZeroBaseline,

    /// <summary>A ratio's denominator is zero.</summary>
    ZeroDenominator,

    /// <summary>A normal approximation is not yet trustworthy at these counts.</summary>
    TooEarly,

    /// <summary>A square or a product of the data is beyond the range of a double.</summary>
    Overflow,

    /// <summary>The request has no solution, for example a power that no sample size reaches.</summary>
    NoSolution,
}
