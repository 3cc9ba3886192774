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
    Task<bool> ReadAsync(string experiment, Func<UnitMeasure, long, IUnitVisitor> begin, CancellationToken cancellation);
}
