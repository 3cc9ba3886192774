using System.Text.Json.Serialization;

namespace Assay.Analysis.Readouts;

/// <summary>When a number may be acted on.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Validity>))]
public enum Validity
{
    /// <summary>Never: shown for reference.</summary>
    ReferenceOnly,

    /// <summary>At every look, however often it is read.</summary>
    AnyLook,

    /// <summary>At the looks that were planned and recorded.</summary>
    AtRecordedLook,

    /// <summary>Once, at the planned size.</summary>
    AtPlannedSize,
}

/// <summary>Whether a comparison could be computed.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ComparisonStatus>))]
public enum ComparisonStatus
{
    /// <summary>Computed.</summary>
    Ok,

    /// <summary>Fewer than two units in an arm, or no variance.</summary>
    InsufficientData,
}

/// <summary>Whether an inference may be read, and why not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<InferenceStatus>))]
public enum InferenceStatus
{
    /// <summary>May be read.</summary>
    Ok,

    /// <summary>The normal approximation is not yet trustworthy at these counts.</summary>
    TooEarly,

    /// <summary>The planned size is not reached, and reading earlier would spend the error rate.</summary>
    Locked,

    /// <summary>The completed units do not determine it.</summary>
    InsufficientData,
}

/// <summary>Whether units arrive in the proportions of the split.</summary>
[JsonConverter(typeof(SnakeCaseEnum<SampleRatioStatus>))]
public enum SampleRatioStatus
{
    /// <summary>No sign of a mismatch.</summary>
    Ok,

    /// <summary>The counts do not fit the split: do not trust the comparisons.</summary>
    Alarm,

    /// <summary>No units yet.</summary>
    InsufficientData,
}

/// <summary>How looks are taken.</summary>
[JsonConverter(typeof(SnakeCaseEnum<SequentialStatus>))]
public enum SequentialStatus
{
    /// <summary>The design has no planned looks.</summary>
    FixedHorizon,

    /// <summary>Group sequential: looks are planned and recorded.</summary>
    Active,

    /// <summary>Group sequential, with nothing to judge yet.</summary>
    InsufficientData,
}

/// <summary>Whether covariates explain variance.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CupedStatus>))]
public enum CupedStatus
{
    /// <summary>Adjusted.</summary>
    Available,

    /// <summary>A covariate is declared but does not determine an adjustment yet.</summary>
    Unavailable,

    /// <summary>The design declares no covariate.</summary>
    NotApplicable,
}

/// <summary>What is known of a guardrail.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GuardrailState>))]
public enum GuardrailState
{
    /// <summary>Shown to be no worse than the margin allows.</summary>
    Safe,

    /// <summary>Shown to move in the undesired direction.</summary>
    Harm,

    /// <summary>Neither shown: an underpowered guardrail is unknown, not safe.</summary>
    Unknown,
}

/// <summary>Whether the effect by days since first exposure could be told, and why not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<NoveltyStatus>))]
public enum NoveltyStatus
{
    /// <summary>Told.</summary>
    Ok,

    /// <summary>At some age the mean of an arm is not yet ten standard errors above 0, so that a ratio says nothing. A mean that is negative stays so.</summary>
    TooEarly,

    /// <summary>The completed units do not determine it.</summary>
    InsufficientData,

    /// <summary>The window is shorter than two days.</summary>
    ShortWindow,

    /// <summary>The experiment was started before values by age were kept.</summary>
    NotKept,
}

/// <summary>Where an effect goes with the days since first exposure.</summary>
[JsonConverter(typeof(SnakeCaseEnum<NoveltyCourse>))]
public enum NoveltyCourse
{
    /// <summary>Towards nothing, or through it: what is new wears off.</summary>
    Fading,

    /// <summary>Away from nothing: units get used to it.</summary>
    Growing,
}

/// <summary>The worst of the guardrails.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GuardrailsStatus>))]
public enum GuardrailsStatus
{
    /// <summary>Every guardrail is safe.</summary>
    Safe,

    /// <summary>At least one guardrail is harmed.</summary>
    Harm,

    /// <summary>None is harmed, and not all are shown to be safe.</summary>
    Unknown,

    /// <summary>The design declares no guardrail.</summary>
    Unavailable,
}

/// <summary>The test behind a fixed analysis.</summary>
[JsonConverter(typeof(SnakeCaseEnum<FixedMethod>))]
public enum FixedMethod
{
    /// <summary>Pooled z of two proportions, with the score interval that inverts it.</summary>
    TwoProportionZ,

    /// <summary>Welch's t of two means.</summary>
    WelchT,

    /// <summary>Welch's t of two covariate-adjusted means.</summary>
    CupedT,
}

/// <summary>The confidence sequence behind always-valid inference.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AlwaysValidMethod>))]
public enum AlwaysValidMethod
{
    /// <summary>The normal mixture: asymptotic, from 100 conversions (or an effective size by skewness) in each arm.</summary>
    NormalMixture,

    /// <summary>The beta–binomial sequence of two proportions: exact from the first unit, where the plan expects fewer than 100 conversions in an arm.</summary>
    ExactBetaBinomial,
}
