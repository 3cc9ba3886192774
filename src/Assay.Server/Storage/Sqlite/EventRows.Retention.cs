namespace Assay.Server.Storage.Sqlite;

/// <summary>Rows that have gone.</summary>
internal sealed partial class EventRows
{
    private RetentionSweep? _sweep;

    /// <summary>Events before this time have gone, whether they are still there or not.</summary>
    public long Horizon
    {
        get => _ids.Horizon;
        set => _ids.Horizon = value;
    }

    /// <summary>The number that was given to a unit last.</summary>
    public long LastUnit => _units.Last;

    /// <summary>Whoever sweeps is told of every row that is added.</summary>
    public void TellRows(RetentionSweep? sweep) => _sweep = sweep;

    /// <summary>Does a part of a sweep.</summary>
    public void Sweep(RetentionSweep sweep) => sweep.Step(_rows, _units, _ids, _known);
}
