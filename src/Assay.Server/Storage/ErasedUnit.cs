using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>What an erasure removed.</summary>
/// <param name="Unit">The number of the unit that gave the person its name.</param>
/// <param name="Units">Numbers of all units that were the person, that one first: what the audit calls them.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Exclusions">Their exclusions, those lifted among them.</param>
/// <param name="Links">Links from or to them, those lifted among them.</param>
/// <param name="Experiments">Keys of the experiments that had something of the person.</param>
/// <param name="SealedExperiments">Experiments of the installation whose rows had gone before: what the person may have contributed to their sums stays, and nothing tells whose it was.</param>
/// <param name="Watermark">The commit: in a readout that is not older nothing of it counts.</param>
internal sealed record ErasedUnit(long Unit, ImmutableArray<long> Units, ErasedRows Rows, long Exclusions, long Links, ImmutableArray<string> Experiments, int SealedExperiments, long Watermark);

/// <summary>Rows by kind.</summary>
internal sealed record ErasedRows(long Exposures, long Events, long Covariates)
{
    public ErasedRows Plus(ErasedRows other) => new(Exposures + other.Exposures, Events + other.Events, Covariates + other.Covariates);
}
