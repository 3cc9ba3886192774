using Assay.Analysis.Measurement;

namespace Assay.Server.Storage;

/// <summary>What an experiment is measured by when a commit that was is computed again.</summary>
/// <param name="View">The experiment as it was then.</param>
/// <param name="Watermark">The commit.</param>
/// <param name="ReadAt">When it was read, microseconds: items that left no row, and so came without a commit's number, are in it up to then.</param>
/// <param name="CompactedThrough">The midnight up to which days are merged.</param>
internal sealed record PastView(ExperimentView View, long Watermark, long ReadAt, long CompactedThrough);
