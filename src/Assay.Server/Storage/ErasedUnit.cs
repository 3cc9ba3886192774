using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>What an erasure removed.</summary>
/// <param name="Unit">The number that the unit had: what the audit calls it.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Exclusions">Its exclusions, those lifted among them.</param>
/// <param name="Experiments">Keys of the experiments that had something of it.</param>
/// <param name="SealedExperiments">Experiments of the installation whose rows had gone before: what the unit may have contributed to their sums stays, and nothing tells whose it was.</param>
/// <param name="Watermark">The commit: in a readout that is not older nothing of it counts.</param>
internal sealed record ErasedUnit(long Unit, ErasedRows Rows, long Exclusions, ImmutableArray<string> Experiments, int SealedExperiments, long Watermark);

/// <summary>Rows by kind.</summary>
internal sealed record ErasedRows(long Exposures, long Events, long Covariates);
