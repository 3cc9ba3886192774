using System.Collections.Immutable;

namespace Assay.Analysis.Calibration;

/// <summary>The studies of one simulated world.</summary>
/// <param name="Name">Start of the names of its studies.</param>
/// <param name="Title">The heading it stands under.</param>
/// <param name="World">What was simulated, in a sentence.</param>
/// <param name="Results">What its studies measured.</param>
public sealed record CalibrationSection(string Name, string Title, string World, ImmutableArray<StudyResult> Results);
