using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>
/// The effect of a treatment on a primary by days since first exposure, of units with a closed window only: the same units at every age, so that nobody who left makes the later effect another.
/// Effects are relative, L = ln(treatment mean ÷ control mean): the means of most metrics fall with age, and an effect of ten percent that lasts falls with them in absolute terms.
/// </summary>
public sealed record NoveltyReadout
{
    /// <summary>Whether it could be told.</summary>
    public required NoveltyStatus Status { get; init; }

    /// <summary>Whether the effect is said to change with age: the adjusted p-value of the slope is below 0.01. Not flagged is no sign of novelty, and no proof that there is none.</summary>
    public required bool IsFlagged { get; init; }

    /// <summary>Where a flagged effect goes; null while it is not flagged.</summary>
    public required NoveltyCourse? Course { get; init; }

    /// <summary>The line through L by age; null unless the status is ok.</summary>
    public required NoveltySlope? Slope { get; init; }

    /// <summary>L of the first half of the ages less that of the last half, each an inverse-variance mean; null unless the status is ok.</summary>
    public required EarlyLessLate? EarlyLessLate { get; init; }

    /// <summary>Confidence with which all intervals of <see cref="Ages"/> hold at once, at a single look: 1 − α.</summary>
    public required double BandConfidence { get; init; }

    /// <summary>The ages in order; empty where no values by age are kept.</summary>
    public required IReadOnlyList<AgeEffect> Ages { get; init; }

    /// <summary>Units of the control with a closed window.</summary>
    public required long ControlUnits { get; init; }

    /// <summary>Units of the treatment with a closed window.</summary>
    public required long TreatmentUnits { get; init; }
}

/// <summary>Generalised least squares of L on the middle of each age, with the covariance between ages.</summary>
public sealed record NoveltySlope
{
    /// <summary>Change of L a day.</summary>
    public required double PerDay { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of its interval at level 0.99, valid at every look.</summary>
    public required double? CiLower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double? CiUpper { get; init; }

    /// <summary>p-value of no slope, valid at every look; null without planned sizes, which the sequence is tuned to.</summary>
    public required double? PValue { get; init; }

    /// <summary>The same after Benjamini &amp; Hochberg's correction over primaries × treatments; one that cannot be read yet counts as 1.</summary>
    public required double? PValueAdjusted { get; init; }
}

/// <summary>A contrast of early and late ages.</summary>
public sealed record EarlyLessLate
{
    /// <summary>The difference of L; above 0 where the ratio of treatment to control was higher early on.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard error, of a single look.</summary>
    public required double StandardError { get; init; }
}

/// <summary>One age: a part of the window, counted from each unit's first exposure.</summary>
public sealed record AgeEffect
{
    /// <summary>Days since first exposure that it begins with.</summary>
    public required double FromDays { get; init; }

    /// <summary>Days since first exposure that it ends before.</summary>
    public required double ToDays { get; init; }

    /// <summary>Mean of the control's values in this age: sum, events, or share of units with an event; null without units.</summary>
    public required double? ControlMean { get; init; }

    /// <summary>Mean of the treatment's.</summary>
    public required double? TreatmentMean { get; init; }

    /// <summary>Treatment less control.</summary>
    public required double? Effect { get; init; }

    /// <summary>The effect over the absolute control mean; null where that is 0.</summary>
    public required double? EffectRelative { get; init; }

    /// <summary>Lower end of the relative effect's interval, simultaneous over the ages; null unless the status is ok.</summary>
    public required double? CiRelativeLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double? CiRelativeUpper { get; init; }
}
