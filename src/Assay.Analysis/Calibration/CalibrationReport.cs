using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Analysis.Calibration;

/// <summary>What a calibration measured: a function of the seed, the factor and the library, whatever the machine.</summary>
/// <param name="Seed">Seed of all random numbers.</param>
/// <param name="RunsFactor">Runs over those of the published page.</param>
/// <param name="Sections">World by world.</param>
public sealed record CalibrationReport(ulong Seed, double RunsFactor, ImmutableArray<CalibrationSection> Sections)
{
    /// <summary>Version of the library that was measured.</summary>
    public string Version { get; init; } = typeof(Moments).Assembly.GetName().Version!.ToString(3);

    /// <summary>All results, in order.</summary>
    public IEnumerable<StudyResult> Results => Sections.SelectMany(section => section.Results);

    /// <summary>Whether every method held and every naive one failed.</summary>
    public bool IsAsItShould => Results.All(result => result.Verdict != Verdict.Broken);
}
