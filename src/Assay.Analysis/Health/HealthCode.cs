using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>What is checked, in the order the readout lists it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<HealthCode>))]
public enum HealthCode
{
    /// <summary>Units arrive as the split says: in all, by day and by segment.</summary>
    SampleRatio,

    /// <summary>Units are seen in one arm only, and in no arm less than in another.</summary>
    Crossovers,

    /// <summary>Exposures of no arm are refused more than those of another.</summary>
    RefusedExposures,

    /// <summary>Exposures of no arm are repeated more than those of another.</summary>
    DuplicateExposures,

    /// <summary>Events before the first exposure, which no arm can cause, are as frequent in every arm.</summary>
    EarlyEvents,

    /// <summary>Events come from units that were exposed.</summary>
    UnexposedEvents,

    /// <summary>Few events come after the window, and in every arm alike.</summary>
    AfterWindowEvents,

    /// <summary>Few events arrive after their unit has matured.</summary>
    LateArrivals,

    /// <summary>Few units change their arm by a late exposure.</summary>
    RearmedUnits,

    /// <summary>Every metric has events, in every arm.</summary>
    SilentMetrics,

    /// <summary>Arms were alike before the experiment: covariates differ by no more than chance.</summary>
    PrePeriodBalance,

    /// <summary>Data keep coming at the usual pace.</summary>
    DataFreshness,

    /// <summary>As many units a day as were planned.</summary>
    Traffic,

    /// <summary>The planned duration is not over.</summary>
    Duration,

    /// <summary>Means under control are what the plan took them for.</summary>
    Baseline,

    /// <summary>Standard deviations are what the plan took them for.</summary>
    Variance,

    /// <summary>Assignment does not depend on that of other experiments.</summary>
    ConcurrentAssignment,
}
