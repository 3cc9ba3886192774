namespace Assay.Server.Storage.Postgres;

/// <summary>
/// The locks of the installation, as the two numbers of PostgreSQL's advisory locks. Whoever takes several takes them in this order, experiments ascending,
/// then the row of <c>installation</c>, and that of <c>audit_turn</c> last: nobody waits in a ring.
/// </summary>
internal static class AdvisoryLocks
{
    /// <summary>The first number of each.</summary>
    public const int Assay = 0x41_53_53_59;

    /// <summary>Held by a session that migrates.</summary>
    public const int Migrations = -1;

    /// <summary>Held by a session that changes experiments: the catalog's row and the view that goes with it.</summary>
    public const int Changes = -2;

    /// <summary>Shared by commits; alone to who opens an experiment, or excludes, links or erases units, because a commit under way measures for the experiments that it has seen opened, and for the persons that it has seen.</summary>
    public const int Views = 0;
}
