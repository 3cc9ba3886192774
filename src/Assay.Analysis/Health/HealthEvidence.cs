using System.Text.Json.Serialization;

namespace Assay.Analysis.Health;

/// <summary>The numbers behind a check; <c>kind</c> says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SampleRatioEvidence), "sample_ratio")]
[JsonDerivedType(typeof(ArmRatesEvidence), "arm_rates")]
[JsonDerivedType(typeof(ShareEvidence), "share")]
[JsonDerivedType(typeof(SilentMetricsEvidence), "silent_metrics")]
[JsonDerivedType(typeof(BalanceEvidence), "balance")]
[JsonDerivedType(typeof(FreshnessEvidence), "freshness")]
[JsonDerivedType(typeof(TrafficEvidence), "traffic")]
[JsonDerivedType(typeof(DurationEvidence), "duration")]
[JsonDerivedType(typeof(PlanDriftEvidence), "plan_drift")]
[JsonDerivedType(typeof(AssignmentEvidence), "assignment")]
public abstract record HealthEvidence;

/// <summary>How often something happened in each arm, and whether that differs.</summary>
public sealed record ArmRatesEvidence : HealthEvidence
{
    /// <summary>Every arm.</summary>
    public required IReadOnlyList<ArmRate> Arms { get; init; }

    /// <summary>The rate over all arms that the check tells as soon as it is passed; null where no rate is too high in itself.</summary>
    public required double? RateLimit { get; init; }

    /// <summary>Current p-value of equal rates, valid at every look; null where there is no test or nothing to test yet.</summary>
    public required double? PValue { get; init; }

    /// <summary>The p-value at which rates differ; null without a test.</summary>
    public required double? Level { get; init; }

    /// <summary>Whole days that the test has judged; null where it goes by units.</summary>
    public required int? Days { get; init; }
}

/// <summary>How often something happened in one arm.</summary>
public sealed record ArmRate
{
    /// <summary>Index of the variation.</summary>
    public required int VariationIndex { get; init; }

    /// <summary>How often.</summary>
    public required long Count { get; init; }

    /// <summary>Of how many.</summary>
    public required long Of { get; init; }

    /// <summary>Count ÷ of; null of none.</summary>
    public required double? Rate { get; init; }
}

/// <summary>A share, and how large it may be.</summary>
public sealed record ShareEvidence : HealthEvidence
{
    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>Of how many.</summary>
    public required long Of { get; init; }

    /// <summary>Count ÷ of; null of none.</summary>
    public required double? Share { get; init; }

    /// <summary>The share above which the check tells.</summary>
    public required double Limit { get; init; }
}

/// <summary>What assignment hashes by.</summary>
public sealed record AssignmentEvidence : HealthEvidence
{
    /// <summary>The seed of the experiment's hash: its key, which no other experiment has.</summary>
    public required string Seed { get; init; }

    /// <summary>Version of the hash.</summary>
    public required int HashVersion { get; init; }
}
