using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>The small version of every simulation, run once for all tests that look at it.</summary>
internal static class QuickRun
{
    private static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<StudyResult>>> Results = new(StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Names => CalibrationStudies.Simulations.Select(simulation => new TheoryDataRow<string>(simulation.Name));

    public static ImmutableArray<StudyResult> Of(string name) => Results.GetOrAdd(name, _ => new Lazy<ImmutableArray<StudyResult>>(() =>
        CalibrationRun.Run(CalibrationStudies.Simulations.Single(simulation => simulation.Name == name), CalibrationRun.QuickFactor, CalibrationRun.DefaultSeed))).Value;
}
