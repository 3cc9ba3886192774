using System.Collections.Immutable;
using Assay.Analysis.Calibration.Coverage;
using Assay.Analysis.Calibration.Peeking;
using Assay.Analysis.Calibration.Stopping;

namespace Assay.Analysis.Calibration;

/// <summary>The one list of everything that is calibrated.</summary>
public static class CalibrationStudies
{
    internal static ImmutableArray<Simulation> Simulations { get; } = 
    [
        .. PeekingStudies.All,
        .. FlatStudies.All,
        .. UnevenStudies.All,
        .. ExactStudies.All,
        .. GuardrailStudies.All,
        .. SampleRatioStudies.All,
        .. SimultaneousStudies.All,
        .. StoppedStudies.All,
        .. ForecastStudies.All,
        .. ProportionStudies.All,
        .. MeanStudies.All,
        .. LiftStudies.All,
        .. RatioStudies.All,
        .. QuantileStudies.All,
        .. CovariateStudies.All,
        .. StrataStudies.All,
    ];

    /// <summary>Every study.</summary>
    public static ImmutableArray<Study> All { get; } = [.. Simulations.SelectMany(simulation => simulation.Studies)];
}
