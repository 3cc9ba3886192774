using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>What one should also know of a primary in a treatment. Nothing here decides: the verdict reads none of it.</summary>
public sealed record AlsoReadout
{
    /// <summary>Never to be acted on by itself.</summary>
    public required Validity Validity { get; init; }

    /// <summary>The primary.</summary>
    public required string Metric { get; init; }

    /// <summary>Index of the treatment.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>Key of the treatment.</summary>
    public required string VariationKey { get; init; }

    /// <summary>The chance that the planned end will show a gain; null at or after it, without a plan or data, and under a posterior.</summary>
    public required ConditionalPowerReadout? ConditionalPower { get; init; }

    /// <summary>How long the experiment has yet to run, by the observed traffic, baseline and variance; null without traffic or a plan.</summary>
    public required ReEstimateReadout? ReEstimate { get; init; }

    /// <summary>A significant effect drawn towards what such effects usually are; null while it is not significant.</summary>
    public required ShrunkReadout? Shrunk { get; init; }

    /// <summary>How probable it is that a gain of this significance is none; null while it is not significant, and without a prior.</summary>
    public required FalsePositiveReadout? FalsePositiveRisk { get; init; }

    /// <summary>Whether the effect is too good, or too bad, to be true; null while no decision may be read.</summary>
    public required TwymanReadout? Twyman { get; init; }

    /// <summary>What the effect comes to when every unit gets the treatment; null while no decision may be read, and without traffic.</summary>
    public required TotalImpactReadout? TotalImpact { get; init; }

    /// <summary>Whether the effect changes with the days since first exposure.</summary>
    public required NoveltyReadout Novelty { get; init; }
}

/// <summary>The chance, given the completed units, that a test read at the planned end shows a gain in the desired direction (Lan, Simon &amp; Halperin 1982). A method that may be read before that end can only have more.</summary>
public sealed record ConditionalPowerReadout
{
    /// <summary>Information on completed units over its planned value.</summary>
    public required double InformationFraction { get; init; }

    /// <summary>|z| that the planned end asks for.</summary>
    public required double FinalZ { get; init; }

    /// <summary>If the effect is what the completed units show.</summary>
    public required double AtTrend { get; init; }

    /// <summary>If the effect is the one the design was made to find.</summary>
    public required double AtMde { get; init; }

    /// <summary>Whether the chance at the trend is below 0.1. Not binding: going on costs time and no error rate.</summary>
    public required bool IsFutileAtTrend { get; init; }

    /// <summary>Whether even the chance at the MDE is below 0.1. Not binding.</summary>
    public required bool IsFutileAtMde { get; init; }
}

/// <summary>The plan, had it been made with what is now known of the primary's baseline and variance.</summary>
public sealed record ReEstimateReadout
{
    /// <summary>Units a day in all arms: observed over the last seven days.</summary>
    public required double UnitsPerDay { get; init; }

    /// <summary>Units the observed baseline and variance ask for over the planned ones; null below 100 completed control units.</summary>
    public required double? SizeFactor { get; init; }

    /// <summary>Days until the plan is complete; 0 when it is.</summary>
    public required double? DaysToPlan { get; init; }

    /// <summary>Days until the re-estimated units have closed windows; 0 when they have.</summary>
    public required double? DaysToReEstimate { get; init; }
}

/// <summary>The posterior of an effect under a normal prior about 0.</summary>
public sealed record ShrunkReadout
{
    /// <summary>Standard deviation of the prior on the relative effect: the MDE.</summary>
    public required double PriorStandardDeviation { get; init; }

    /// <summary>Share of the estimate that is kept: τ² ÷ (τ² + se²).</summary>
    public required double Kept { get; init; }

    /// <summary>The effect in the metric's unit, shrunk.</summary>
    public required double Effect { get; init; }

    /// <summary>The relative effect, shrunk.</summary>
    public required double EffectRelative { get; init; }

    /// <summary>Lower end of its credible interval at level 1 − α.</summary>
    public required double CredibleRelativeLower { get; init; }

    /// <summary>Upper end of its credible interval at level 1 − α.</summary>
    public required double CredibleRelativeUpper { get; init; }
}

/// <summary>P(no effect | a gain was found) = a(1 − π) ÷ (a(1 − π) + Pπ).</summary>
public sealed record FalsePositiveReadout
{
    /// <summary>The probability.</summary>
    public required double Risk { get; init; }

    /// <summary>π, the share of ideas that truly work.</summary>
    public required double PriorSuccessRate { get; init; }

    /// <summary>Where π is from: <c>record</c>, the installation's experiments, or <c>policy</c>, the design's.</summary>
    public required string PriorSource { get; init; }

    /// <summary>Experiments that had come to a decision when this one began, of which the record is; null for the policy's prior.</summary>
    public required long? DecidedExperiments { get; init; }

    /// <summary>Those of them that found a gain.</summary>
    public required long? SuccessfulExperiments { get; init; }

    /// <summary>a, half the two-sided level: the chance that a test of no effect shows a gain.</summary>
    public required double ChanceOfGain { get; init; }

    /// <summary>P, the planned power.</summary>
    public required double Power { get; init; }
}

/// <summary>Twyman's law: any figure that looks interesting or different is usually wrong. Flagged when the whole corrected relative interval lies beyond three times the MDE: more than three standard deviations of the prior.</summary>
public sealed record TwymanReadout
{
    /// <summary>Whether to look for a defect before celebrating.</summary>
    public required bool IsFlagged { get; init; }

    /// <summary>The end of the corrected relative interval that is nearer to 0, without its sign; 0 when the interval holds 0; null where nothing bounds it.</summary>
    public required double? NearestRelative { get; init; }

    /// <summary>Three times the MDE.</summary>
    public required double LimitRelative { get; init; }
}

/// <summary>The effect and its corrected interval times the units that would get the treatment. In the metric's unit: conversions for a binary metric, its values for another.</summary>
public sealed record TotalImpactReadout
{
    /// <summary>Units a day when everybody gets it.</summary>
    public required double UnitsPerDay { get; init; }

    /// <summary>Where they are from: <c>expected</c>, the design's traffic, or <c>observed</c>, the exposed units over allocation and what is not held out.</summary>
    public required string UnitsSource { get; init; }

    /// <summary>A day.</summary>
    public required double PerDay { get; init; }

    /// <summary>Lower end a day; null where nothing bounds it.</summary>
    public required double? PerDayLower { get; init; }

    /// <summary>Upper end a day; null where nothing bounds it.</summary>
    public required double? PerDayUpper { get; init; }

    /// <summary>A year of 365 days, had the effect lasted and the traffic stayed.</summary>
    public required double PerYear { get; init; }

    /// <summary>Lower end a year.</summary>
    public required double? PerYearLower { get; init; }

    /// <summary>Upper end a year.</summary>
    public required double? PerYearUpper { get; init; }
}
