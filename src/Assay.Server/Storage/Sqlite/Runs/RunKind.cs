namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>What a run is sorted by.</summary>
internal enum RunKind
{
    /// <summary>Packed rows by their unit's number.</summary>
    Rows = 0,

    /// <summary>Units' numbers by the fingerprint of their user id.</summary>
    Users = 1,

    /// <summary>Units' numbers by the fingerprint of an event's or exposure's id.</summary>
    Ids = 2,
}
