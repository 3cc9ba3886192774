using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Which rows have gone, whether they are still there or not.</summary>
/// <param name="Horizon">Events before this time.</param>
/// <param name="Sealed">Exposures and covariates of these experiments.</param>
internal sealed record GoneRows(long Horizon, IReadOnlySet<int> Sealed)
{
    /// <summary>As a reader's transaction sees it.</summary>
    public static GoneRows Of(EventDatabase database)
    {
        var rows = new RetentionRows(database);
        return new GoneRows(rows.Horizon(), rows.Sealed());
    }

    public bool Holds(in PackedRow row) => row.Kind == RowKind.Event ? row.At < Horizon : Sealed.Contains(row.Experiment);
}
