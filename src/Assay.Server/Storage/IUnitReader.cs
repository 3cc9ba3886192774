using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage;

/// <summary>Reads an experiment's raw rows beside the server that serves them: nothing is locked, nothing is written.</summary>
internal interface IUnitReader
{
    /// <summary>Shows every unit as of one commit, and every person of several units as one. Holds one unit at a time.</summary>
    /// <param name="experiment">The experiment's key.</param>
    /// <param name="begin">Makes the visitor, told how units are measured and which commit they are of.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>False for an experiment that was never started.</returns>
    /// <exception cref="SealedException">Its rows have gone.</exception>
    Task<bool> ReadAsync(string experiment, Func<UnitMeasure, long, IUnitVisitor> begin, CancellationToken cancellation);

    /// <summary>Shows an experiment's exposures, or the events that it sees, as they are stored and as of one commit, those of excluded units among them.</summary>
    /// <param name="experiment">The experiment's key.</param>
    /// <param name="kind">Exposures or events.</param>
    /// <param name="show">Is shown every row.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The commit; null for an experiment that was never started.</returns>
    /// <exception cref="SealedException">Its rows have gone.</exception>
    Task<long?> ReadRowsAsync(string experiment, RowKind kind, Action<StoredRow> show, CancellationToken cancellation);
}
