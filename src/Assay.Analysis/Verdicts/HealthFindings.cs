using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>All that a verdict needs to know of the experiment's health.</summary>
/// <param name="Status">The worst of the checks.</param>
/// <param name="Codes">The checks that have that problem.</param>
public sealed record HealthFindings(HealthState Status, ImmutableArray<string> Codes)
{
    /// <summary>Nothing is known to be wrong.</summary>
    public static HealthFindings Sound { get; } = new(HealthState.Ok, []);

    /// <summary>What the sample ratio alone tells.</summary>
    internal static HealthFindings Of(SampleRatioReadout ratio) =>
        ratio.Status == SampleRatioStatus.Alarm ? new HealthFindings(HealthState.Problem, ["sample_ratio"]) : Sound;
}

/// <summary>How sound the data are.</summary>
[JsonConverter(typeof(SnakeCaseEnum<HealthState>))]
public enum HealthState
{
    /// <summary>Nothing to see.</summary>
    Ok,

    /// <summary>Worth a look; it stops nothing.</summary>
    Watch,

    /// <summary>The comparisons cannot be trusted before its cause is found.</summary>
    Problem,
}
