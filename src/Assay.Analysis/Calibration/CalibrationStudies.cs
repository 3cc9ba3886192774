using System.Collections.Immutable;
using Assay.Analysis.Calibration.Peeking;

namespace Assay.Analysis.Calibration;

/// <summary>The one list of everything that is calibrated.</summary>
public static class CalibrationStudies
{
    internal static ImmutableArray<Simulation> Simulations { get; } = [.. PeekingStudies.All];

    /// <summary>Every study.</summary>
    public static ImmutableArray<Study> All { get; } = [.. Simulations.SelectMany(simulation => simulation.Studies)];
}
