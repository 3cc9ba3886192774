namespace Assay.Analysis.Derivations;

/// <summary>What a step of a derivation tells.</summary>
public enum Quantity
{
    /// <summary>Units of an arm.</summary>
    Units,

    /// <summary>Units of an arm that converted.</summary>
    Converted,

    /// <summary>Mean of an arm, a share for a binary metric.</summary>
    Mean,

    /// <summary>Σ(y − ȳ)² of an arm.</summary>
    SquaredDeviations,

    /// <summary>Variance of a unit's value, with n − 1.</summary>
    UnitVariance,

    /// <summary>Variance of an arm's mean.</summary>
    MeanVariance,

    /// <summary>Standard error of an arm's mean at a look.</summary>
    MeanError,

    /// <summary>Treatment minus control.</summary>
    Effect,

    /// <summary>Variance of the effect.</summary>
    EffectVariance,

    /// <summary>Standard error of the effect.</summary>
    StandardError,

    /// <summary>The effect over the absolute control mean.</summary>
    RelativeEffect,

    /// <summary>Two-sided error rate of the family.</summary>
    Alpha,

    /// <summary>Hypotheses of the family.</summary>
    FamilySize,

    /// <summary>The level that the sequence is tuned to, or that looks are planned at.</summary>
    TuningLevel,

    /// <summary>Planned units of an arm.</summary>
    PlannedUnits,

    /// <summary>Declared baseline of the metric.</summary>
    Baseline,

    /// <summary>Declared standard deviation of a unit's value.</summary>
    DeclaredDeviation,

    /// <summary>Variance of a unit's value by the declaration.</summary>
    DeclaredVariance,

    /// <summary>Variance that the effect will have at the planned sizes.</summary>
    PlannedVariance,

    /// <summary>τ² of the mixture.</summary>
    MixtureVariance,

    /// <summary>How uneven an arm's values are: their third central moment over the cube of their standard deviation.</summary>
    Skewness,

    /// <summary>Units that each arm needs before the normal approximation is trusted.</summary>
    UnitsNeeded,

    /// <summary>Logarithm of the evidence against no effect.</summary>
    LogEvidence,

    /// <summary>p-value before correction.</summary>
    PValue,

    /// <summary>Place of the p-value in its family, 1 for the smallest.</summary>
    Rank,

    /// <summary>Adjusted p-value of the hypothesis before it; 0 for the first.</summary>
    AdjustedBefore,

    /// <summary>p-value after correction.</summary>
    AdjustedPValue,

    /// <summary>Steps of Holm's procedure that the interval's level counts.</summary>
    HolmStep,

    /// <summary>Level of the interval.</summary>
    Level,

    /// <summary>Half-width of the interval.</summary>
    HalfWidth,

    /// <summary>Lower end of the effect's interval.</summary>
    Lower,

    /// <summary>Upper end of the effect's interval.</summary>
    Upper,

    /// <summary>Half-width over standard error, or the quantile of the test.</summary>
    Multiplier,

    /// <summary>First coefficient of Fieller's quadratic; there is an interval where it is above 0.</summary>
    FiellerSquare,

    /// <summary>Second coefficient of Fieller's quadratic.</summary>
    FiellerMiddle,

    /// <summary>Discriminant of Fieller's quadratic.</summary>
    FiellerDiscriminant,

    /// <summary>Lower end of the relative effect's interval.</summary>
    RelativeLower,

    /// <summary>Upper end of the relative effect's interval.</summary>
    RelativeUpper,

    /// <summary>Share of both arms together.</summary>
    PooledShare,

    /// <summary>Standard error of the effect if there were none.</summary>
    NullError,

    /// <summary>Effect over standard error.</summary>
    Statistic,

    /// <summary>Degrees of freedom.</summary>
    DegreesOfFreedom,

    /// <summary>Number of a look.</summary>
    Look,

    /// <summary>Information at a look over its planned value.</summary>
    InformationFraction,

    /// <summary>|z| that crosses.</summary>
    Bound,

    /// <summary>The median-unbiased effect once a group-sequential test has ended.</summary>
    FinalEffect,

    /// <summary>First parameter of a Beta posterior.</summary>
    PosteriorA,

    /// <summary>Second parameter of a Beta posterior.</summary>
    PosteriorB,

    /// <summary>Posterior probability that the treatment's mean is higher.</summary>
    ProbabilityHigher,

    /// <summary>The margin of a guardrail, a fraction of the control mean.</summary>
    Margin,

    /// <summary>+1 where an increase is desired, −1 where a decrease is.</summary>
    Sign,

    /// <summary>Weight of the control mean in the contrast.</summary>
    ControlFactor,

    /// <summary>How far the treatment is on the safe side of the margin.</summary>
    Slack,

    /// <summary>Variance of the slack.</summary>
    SlackVariance,

    /// <summary>Lower one-sided bound of the slack.</summary>
    SlackLower,

    /// <summary>Guardrails of the design.</summary>
    Guardrails,

    /// <summary>Level of the interval that shows harm.</summary>
    HarmLevel,

    /// <summary>Mean of a covariate's column in an arm.</summary>
    CovariateMean,

    /// <summary>Centred sum of products of two columns in an arm.</summary>
    CrossDeviations,

    /// <summary>Coefficient of a covariate's column.</summary>
    Theta,

    /// <summary>The treatment's share of both arms' units.</summary>
    TreatmentShare,

    /// <summary>Adjusted mean of an arm.</summary>
    AdjustedMean,

    /// <summary>Variance of an adjusted mean.</summary>
    AdjustedVariance,

    /// <summary>Units of all arms with a share of the split.</summary>
    TotalUnits,

    /// <summary>Share of an arm by the split.</summary>
    Share,

    /// <summary>Units that the split expects of an arm.</summary>
    ExpectedUnits,

    /// <summary>Pearson's χ².</summary>
    ChiSquare,

    /// <summary>Total of the Dirichlet prior centred at the split.</summary>
    Concentration,

    /// <summary>The sequential p-value at which there is an alarm.</summary>
    AlarmLevel,
}
